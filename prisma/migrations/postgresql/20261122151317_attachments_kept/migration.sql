-- AlterTable
ALTER TABLE "Attachment" ADD COLUMN     "accountId" INTEGER,
ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "finishedAt" TIMESTAMP(3),
ADD COLUMN     "name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "notBefore" TIMESTAMP(3),
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "sha256" TEXT,
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'waiting';

-- CreateTable
CREATE TABLE "KeptFile" (
    "sha256" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "keptAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "KeptFile_pkey" PRIMARY KEY ("sha256")
);

-- CreateIndex
CREATE INDEX "Attachment_status_notBefore_idx" ON "Attachment"("status", "notBefore");

-- CreateIndex
CREATE INDEX "Attachment_channel_reference_idx" ON "Attachment"("channel", "reference");

-- CreateIndex
CREATE INDEX "Attachment_sha256_idx" ON "Attachment"("sha256");

-- CreateIndex
CREATE INDEX "Attachment_accountId_idx" ON "Attachment"("accountId");
