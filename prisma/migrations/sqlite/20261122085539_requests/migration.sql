-- CreateTable
CREATE TABLE "LabelledExample" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "text" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "category" TEXT,
    "urgent" BOOLEAN NOT NULL,
    "building" TEXT,
    "unit" TEXT,
    "room" TEXT,
    "source" TEXT NOT NULL,
    "recordedAt" DATETIME NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Request" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'request',
    "communityId" INTEGER NOT NULL,
    "gridId" INTEGER,
    "householdId" INTEGER,
    "workerId" INTEGER,
    "reporterId" INTEGER NOT NULL,
    "chatId" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "text" TEXT NOT NULL,
    "building" TEXT,
    "unit" TEXT,
    "room" TEXT,
    "status" TEXT NOT NULL,
    "resolution" TEXT,
    "resolutionNote" TEXT,
    "createdAt" DATETIME NOT NULL,
    "acceptBy" DATETIME NOT NULL,
    "closeBy" DATETIME NOT NULL,
    "acceptedAt" DATETIME,
    "waitingUntil" DATETIME,
    "closedAt" DATETIME,
    "closings" INTEGER NOT NULL DEFAULT 0,
    "contestedAt" DATETIME,
    "chasedAt" DATETIME,
    "chases" INTEGER NOT NULL DEFAULT 0,
    "mergedIntoId" INTEGER,
    "acceptStep" INTEGER NOT NULL DEFAULT 0,
    "closeStep" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Request_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Request" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Request" ("acceptBy", "acceptStep", "acceptedAt", "building", "category", "chasedAt", "chatId", "closeBy", "closeStep", "closedAt", "closings", "communityId", "contestedAt", "createdAt", "gridId", "householdId", "id", "mergedIntoId", "number", "reporterId", "resolution", "resolutionNote", "room", "status", "text", "unit", "urgent", "waitingUntil", "workerId") SELECT "acceptBy", "acceptStep", "acceptedAt", "building", "category", "chasedAt", "chatId", "closeBy", "closeStep", "closedAt", "closings", "communityId", "contestedAt", "createdAt", "gridId", "householdId", "id", "mergedIntoId", "number", "reporterId", "resolution", "resolutionNote", "room", "status", "text", "unit", "urgent", "waitingUntil", "workerId" FROM "Request";
DROP TABLE "Request";
ALTER TABLE "new_Request" RENAME TO "Request";
CREATE UNIQUE INDEX "Request_number_key" ON "Request"("number");
CREATE INDEX "Request_communityId_status_createdAt_idx" ON "Request"("communityId", "status", "createdAt");
CREATE INDEX "Request_workerId_status_idx" ON "Request"("workerId", "status");
CREATE INDEX "Request_reporterId_status_idx" ON "Request"("reporterId", "status");
CREATE INDEX "Request_gridId_createdAt_idx" ON "Request"("gridId", "createdAt");
CREATE INDEX "Request_communityId_building_createdAt_idx" ON "Request"("communityId", "building", "createdAt");
CREATE INDEX "Request_status_acceptBy_idx" ON "Request"("status", "acceptBy");
CREATE INDEX "Request_status_closeBy_idx" ON "Request"("status", "closeBy");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
