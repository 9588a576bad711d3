-- AlterTable
ALTER TABLE "Request" ADD COLUMN     "chases" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'request';

-- CreateTable
CREATE TABLE "LabelledExample" (
    "id" SERIAL NOT NULL,
    "text" TEXT NOT NULL,
    "intent" TEXT NOT NULL,
    "category" TEXT,
    "urgent" BOOLEAN NOT NULL,
    "building" TEXT,
    "unit" TEXT,
    "room" TEXT,
    "source" TEXT NOT NULL,
    "recordedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "LabelledExample_pkey" PRIMARY KEY ("id")
);
