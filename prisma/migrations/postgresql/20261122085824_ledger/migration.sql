-- CreateTable
CREATE TABLE "LedgerClose" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "firstSeq" INTEGER NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "closedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "LedgerClose_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerRollup" (
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "LedgerRollup_pkey" PRIMARY KEY ("scopeKind","month","scopeId","page","type")
);

-- CreateTable
CREATE TABLE "InspectionLink" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "pages" JSONB NOT NULL,
    "periodFrom" TIMESTAMP(3) NOT NULL,
    "periodTo" TIMESTAMP(3) NOT NULL,
    "createdById" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),
    "views" INTEGER NOT NULL DEFAULT 0,
    "lastViewAt" TIMESTAMP(3),

    CONSTRAINT "InspectionLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RetentionMark" (
    "communityId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "upTo" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RetentionMark_pkey" PRIMARY KEY ("communityId","kind")
);

-- CreateIndex
CREATE UNIQUE INDEX "LedgerClose_communityId_month_key" ON "LedgerClose"("communityId", "month");

-- CreateIndex
CREATE UNIQUE INDEX "InspectionLink_tokenHash_key" ON "InspectionLink"("tokenHash");

-- CreateIndex
CREATE INDEX "InspectionLink_communityId_expiresAt_idx" ON "InspectionLink"("communityId", "expiresAt");
