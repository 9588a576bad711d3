-- CreateTable
CREATE TABLE "KeptFile" (
    "sha256" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "keptAt" DATETIME NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Attachment" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "channel" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "accountId" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" DATETIME,
    "finishedAt" DATETIME,
    "reason" TEXT,
    "sha256" TEXT
);
INSERT INTO "new_Attachment" ("channel", "createdAt", "id", "mime", "reference", "subject") SELECT "channel", "createdAt", "id", "mime", "reference", "subject" FROM "Attachment";
DROP TABLE "Attachment";
ALTER TABLE "new_Attachment" RENAME TO "Attachment";
CREATE INDEX "Attachment_subject_idx" ON "Attachment"("subject");
CREATE INDEX "Attachment_status_notBefore_idx" ON "Attachment"("status", "notBefore");
CREATE INDEX "Attachment_channel_reference_idx" ON "Attachment"("channel", "reference");
CREATE INDEX "Attachment_sha256_idx" ON "Attachment"("sha256");
CREATE INDEX "Attachment_accountId_idx" ON "Attachment"("accountId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
