-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_VisitLeave" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
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
INSERT INTO "new_VisitLeave" ("askedAt", "communityId", "decidedAt", "decidedById", "fromDay", "id", "personId", "reason", "status", "toDay") SELECT "askedAt", "communityId", "decidedAt", "decidedById", "fromDay", "id", "personId", "reason", "status", "toDay" FROM "VisitLeave";
DROP TABLE "VisitLeave";
ALTER TABLE "new_VisitLeave" RENAME TO "VisitLeave";
CREATE UNIQUE INDEX "VisitLeave_key_key" ON "VisitLeave"("key");
CREATE INDEX "VisitLeave_personId_toDay_idx" ON "VisitLeave"("personId", "toDay");
CREATE INDEX "VisitLeave_communityId_toDay_idx" ON "VisitLeave"("communityId", "toDay");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
