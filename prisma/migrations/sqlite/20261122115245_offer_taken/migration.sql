-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Offer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "token" TEXT NOT NULL,
    "outboxKey" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "taken" TEXT NOT NULL DEFAULT ''
);
INSERT INTO "new_Offer" ("channel", "conversation", "createdAt", "expiresAt", "id", "options", "outboxKey", "token") SELECT "channel", "conversation", "createdAt", "expiresAt", "id", "options", "outboxKey", "token" FROM "Offer";
DROP TABLE "Offer";
ALTER TABLE "new_Offer" RENAME TO "Offer";
CREATE UNIQUE INDEX "Offer_token_key" ON "Offer"("token");
CREATE INDEX "Offer_channel_conversation_id_idx" ON "Offer"("channel", "conversation", "id");
CREATE INDEX "Offer_outboxKey_idx" ON "Offer"("outboxKey");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
