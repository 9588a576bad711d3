-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_VisitMonth" (
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
    "imported" BOOLEAN NOT NULL DEFAULT false,
    "closedAt" DATETIME
);
INSERT INTO "new_VisitMonth" ("closedAt", "communityId", "fromDay", "id", "met", "month", "notHome", "quota", "reason", "refused", "remote", "target", "toDay", "workDays", "workerId") SELECT "closedAt", "communityId", "fromDay", "id", "met", "month", "notHome", "quota", "reason", "refused", "remote", "target", "toDay", "workDays", "workerId" FROM "VisitMonth";
DROP TABLE "VisitMonth";
ALTER TABLE "new_VisitMonth" RENAME TO "VisitMonth";
CREATE INDEX "VisitMonth_month_communityId_idx" ON "VisitMonth"("month", "communityId");
CREATE UNIQUE INDEX "VisitMonth_workerId_month_key" ON "VisitMonth"("workerId", "month");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
