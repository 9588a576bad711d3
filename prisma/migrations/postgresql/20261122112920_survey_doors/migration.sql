-- CreateTable
CREATE TABLE "SurveyDoor" (
    "id" SERIAL NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "progress" TEXT NOT NULL,
    "opened" BOOLEAN NOT NULL DEFAULT false,
    "csrf" TEXT NOT NULL,
    "outboxKey" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SurveyDoor_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SurveyDoor_tokenHash_key" ON "SurveyDoor"("tokenHash");

-- CreateIndex
CREATE INDEX "SurveyDoor_surveyId_subjectId_idx" ON "SurveyDoor"("surveyId", "subjectId");

-- CreateIndex
CREATE INDEX "SurveyDoor_accountId_createdAt_idx" ON "SurveyDoor"("accountId", "createdAt");

-- CreateIndex
CREATE INDEX "SurveyDoor_expiresAt_idx" ON "SurveyDoor"("expiresAt");

-- AddForeignKey
ALTER TABLE "SurveyDoor" ADD CONSTRAINT "SurveyDoor_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
