-- AlterTable
ALTER TABLE "VisitLeave" ADD COLUMN     "key" TEXT NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "VisitLeave_key_key" ON "VisitLeave"("key");
