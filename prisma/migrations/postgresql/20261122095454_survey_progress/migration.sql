-- CreateIndex
CREATE INDEX "SurveyProgress_surveyId_subjectId_idx" ON "SurveyProgress"("surveyId", "subjectId");
