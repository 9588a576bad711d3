-- CreateTable
CREATE TABLE "Survey" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "series" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "anonymous" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 1,
    "definition" JSONB NOT NULL,
    "definitionHash" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "eligible" INTEGER NOT NULL DEFAULT 0,
    "excluded" INTEGER NOT NULL DEFAULT 0,
    "invited" INTEGER NOT NULL DEFAULT 0,
    "frame" JSONB,
    "createdById" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "startedAt" DATETIME,
    "endsAt" DATETIME,
    "closedAt" DATETIME,
    "results" JSONB
);

-- CreateTable
CREATE TABLE "SurveyVersion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "surveyId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    CONSTRAINT "SurveyVersion_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyRoll" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "surveyId" INTEGER NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'w',
    "answeredOn" TEXT NOT NULL DEFAULT '0000-00-00',
    "pushes" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "SurveyRoll_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyBallot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "surveyId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "choices" TEXT NOT NULL,
    "subjectId" INTEGER,
    CONSTRAINT "SurveyBallot_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyWords" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "surveyId" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "subjectId" INTEGER,
    "asWork" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "SurveyWords_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SurveyProgress" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "token" TEXT NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "faults" INTEGER NOT NULL DEFAULT 0,
    "savedAt" DATETIME NOT NULL,
    CONSTRAINT "SurveyProgress_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Department" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "districtId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true
);

-- CreateTable
CREATE TABLE "Surveyor" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "districtId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "CommunityTitle" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "held" BOOLEAN NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "score" REAL NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Rectification" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "departmentId" INTEGER NOT NULL,
    "aspect" TEXT NOT NULL,
    "score" REAL NOT NULL,
    "dueOn" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "note" TEXT NOT NULL DEFAULT '',
    "openedAt" DATETIME NOT NULL,
    "doneAt" DATETIME,
    "reratingSurveyId" INTEGER,
    "newScore" REAL
);

-- CreateIndex
CREATE UNIQUE INDEX "Survey_number_key" ON "Survey"("number");

-- CreateIndex
CREATE INDEX "Survey_communityId_status_idx" ON "Survey"("communityId", "status");

-- CreateIndex
CREATE INDEX "Survey_series_communityId_idx" ON "Survey"("series", "communityId");

-- CreateIndex
CREATE INDEX "Survey_status_endsAt_idx" ON "Survey"("status", "endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyVersion_surveyId_version_key" ON "SurveyVersion"("surveyId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyRoll_surveyId_subjectId_key" ON "SurveyRoll"("surveyId", "subjectId");

-- CreateIndex
CREATE INDEX "SurveyBallot_surveyId_cell_idx" ON "SurveyBallot"("surveyId", "cell");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyBallot_surveyId_subjectId_key" ON "SurveyBallot"("surveyId", "subjectId");

-- CreateIndex
CREATE INDEX "SurveyWords_surveyId_question_idx" ON "SurveyWords"("surveyId", "question");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyProgress_token_key" ON "SurveyProgress"("token");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyProgress_surveyId_accountId_key" ON "SurveyProgress"("surveyId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Department_districtId_name_key" ON "Department"("districtId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Surveyor_personId_key" ON "Surveyor"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "CommunityTitle_communityId_title_surveyId_key" ON "CommunityTitle"("communityId", "title", "surveyId");

-- CreateIndex
CREATE UNIQUE INDEX "Rectification_number_key" ON "Rectification"("number");

-- CreateIndex
CREATE INDEX "Rectification_communityId_status_idx" ON "Rectification"("communityId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Rectification_surveyId_departmentId_aspect_key" ON "Rectification"("surveyId", "departmentId", "aspect");
