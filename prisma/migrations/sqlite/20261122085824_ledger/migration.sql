-- CreateTable
CREATE TABLE "LedgerClose" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "firstSeq" INTEGER NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "closedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "LedgerRollup" (
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("scopeKind", "month", "scopeId", "page", "type")
);

-- CreateTable
CREATE TABLE "InspectionLink" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" INTEGER NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "pages" JSONB NOT NULL,
    "periodFrom" DATETIME NOT NULL,
    "periodTo" DATETIME NOT NULL,
    "createdById" INTEGER,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    "views" INTEGER NOT NULL DEFAULT 0,
    "lastViewAt" DATETIME
);

-- CreateTable
CREATE TABLE "RetentionMark" (
    "communityId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "upTo" DATETIME NOT NULL,

    PRIMARY KEY ("communityId", "kind")
);

-- CreateIndex
CREATE UNIQUE INDEX "LedgerClose_communityId_month_key" ON "LedgerClose"("communityId", "month");

-- CreateIndex
CREATE UNIQUE INDEX "InspectionLink_tokenHash_key" ON "InspectionLink"("tokenHash");

-- CreateIndex
CREATE INDEX "InspectionLink_communityId_expiresAt_idx" ON "InspectionLink"("communityId", "expiresAt");
