-- AlterTable
ALTER TABLE "VisitMonth" ADD COLUMN     "imported" BOOLEAN NOT NULL DEFAULT false;
