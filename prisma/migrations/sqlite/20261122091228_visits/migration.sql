-- CreateTable
CREATE TABLE "Visit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "gridId" INTEGER NOT NULL,
    "responsibleId" INTEGER,
    "householdId" INTEGER NOT NULL,
    "workerId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "problem" TEXT NOT NULL DEFAULT '',
    "measure" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "backdated" BOOLEAN NOT NULL DEFAULT false,
    "outside" BOOLEAN NOT NULL DEFAULT false,
    "photos" INTEGER NOT NULL DEFAULT 0,
    "source" TEXT NOT NULL DEFAULT 'chat',
    "status" TEXT NOT NULL DEFAULT 'valid',
    "counted" BOOLEAN NOT NULL,
    "correctsId" INTEGER,
    "requestNumber" TEXT,
    "loggedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "VisitHousehold" (
    "householdId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "lastMetDay" TEXT,
    "lastTriedDay" TEXT,
    "lastRequestDay" TEXT
);

-- CreateTable
CREATE TABLE "VisitMonth" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "workerId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "fromDay" TEXT NOT NULL,
    "toDay" TEXT NOT NULL,
    "quota" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "workDays" INTEGER NOT NULL,
    "met" INTEGER NOT NULL DEFAULT 0,
    "notHome" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "remote" INTEGER NOT NULL DEFAULT 0,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "VisitGridYear" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "gridId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "households" INTEGER NOT NULL,
    "covered" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "VisitLeave" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "fromDay" TEXT NOT NULL,
    "toDay" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "decidedById" INTEGER,
    "decidedAt" DATETIME
);

-- CreateTable
CREATE TABLE "VisitGoal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "quota" INTEGER NOT NULL,
    "setAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "VisitShare" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "households" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    "decidedAt" DATETIME
);

-- CreateTable
CREATE TABLE "VisitFlag" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "workerId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Visit_key_key" ON "Visit"("key");

-- CreateIndex
CREATE INDEX "Visit_workerId_day_idx" ON "Visit"("workerId", "day");

-- CreateIndex
CREATE INDEX "Visit_householdId_day_idx" ON "Visit"("householdId", "day");

-- CreateIndex
CREATE INDEX "Visit_communityId_day_idx" ON "Visit"("communityId", "day");

-- CreateIndex
CREATE INDEX "VisitHousehold_communityId_idx" ON "VisitHousehold"("communityId");

-- CreateIndex
CREATE INDEX "VisitMonth_month_communityId_idx" ON "VisitMonth"("month", "communityId");

-- CreateIndex
CREATE UNIQUE INDEX "VisitMonth_workerId_month_key" ON "VisitMonth"("workerId", "month");

-- CreateIndex
CREATE INDEX "VisitGridYear_year_communityId_idx" ON "VisitGridYear"("year", "communityId");

-- CreateIndex
CREATE UNIQUE INDEX "VisitGridYear_gridId_year_key" ON "VisitGridYear"("gridId", "year");

-- CreateIndex
CREATE INDEX "VisitLeave_personId_toDay_idx" ON "VisitLeave"("personId", "toDay");

-- CreateIndex
CREATE INDEX "VisitLeave_communityId_toDay_idx" ON "VisitLeave"("communityId", "toDay");

-- CreateIndex
CREATE UNIQUE INDEX "VisitGoal_scopeKind_scopeId_month_key" ON "VisitGoal"("scopeKind", "scopeId", "month");

-- CreateIndex
CREATE INDEX "VisitShare_toId_month_idx" ON "VisitShare"("toId", "month");

-- CreateIndex
CREATE UNIQUE INDEX "VisitShare_fromId_toId_month_key" ON "VisitShare"("fromId", "toId", "month");

-- CreateIndex
CREATE INDEX "VisitFlag_communityId_day_idx" ON "VisitFlag"("communityId", "day");

-- CreateIndex
CREATE UNIQUE INDEX "VisitFlag_workerId_day_kind_key" ON "VisitFlag"("workerId", "day", "kind");
