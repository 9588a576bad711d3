-- AlterTable
ALTER TABLE "Offer" ADD COLUMN     "taken" TEXT NOT NULL DEFAULT '';
