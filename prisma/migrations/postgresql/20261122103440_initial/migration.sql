-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "District" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "District_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Subdistrict" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "districtId" INTEGER NOT NULL,

    CONSTRAINT "Subdistrict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Community" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "subdistrictId" INTEGER NOT NULL,

    CONSTRAINT "Community_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grid" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,

    CONSTRAINT "Grid_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GridAssignment" (
    "id" SERIAL NOT NULL,
    "gridId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'holder',
    "startsAt" TIMESTAMP(3) NOT NULL,
    "endsAt" TIMESTAMP(3),
    "reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "GridAssignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Household" (
    "id" SERIAL NOT NULL,
    "gridId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "estate" TEXT NOT NULL DEFAULT '',
    "building" TEXT NOT NULL,
    "unit" TEXT NOT NULL DEFAULT '',
    "room" TEXT NOT NULL,
    "headName" TEXT NOT NULL DEFAULT '',
    "phone" TEXT NOT NULL DEFAULT '',
    "tier" TEXT NOT NULL DEFAULT 'ordinary',
    "occupancy" TEXT NOT NULL DEFAULT 'owned',

    CONSTRAINT "Household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT NOT NULL DEFAULT '',
    "staffNo" TEXT,
    "communityId" INTEGER,
    "householdId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleGrant" (
    "id" SERIAL NOT NULL,
    "personId" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "startsAt" TIMESTAMP(3) NOT NULL,
    "endsAt" TIMESTAMP(3),

    CONSTRAINT "RoleGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "displayName" TEXT NOT NULL DEFAULT '',
    "personId" INTEGER,
    "privateChat" TEXT,
    "reachable" BOOLEAN NOT NULL DEFAULT true,
    "lastGroupId" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Chat" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "communityId" INTEGER,
    "gridId" INTEGER,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Chat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BindingClaim" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "householdId" INTEGER,
    "staffNo" TEXT,
    "name" TEXT NOT NULL,
    "subjectId" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'open',
    "decidedById" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "BindingClaim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessLog" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "AccessLog_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InboxMessage" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "messageId" TEXT,
    "payload" JSONB NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'received',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "handledAt" TIMESTAMP(3),

    CONSTRAINT "InboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "priority" TEXT NOT NULL,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "externalId" TEXT,
    "error" TEXT,
    "subject" TEXT,
    "accountId" INTEGER,
    "fallback" JSONB,

    CONSTRAINT "OutboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Offer" (
    "id" SERIAL NOT NULL,
    "token" TEXT NOT NULL,
    "outboxKey" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PendingQuestion" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "accountId" INTEGER NOT NULL,
    "command" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PendingQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobCursor" (
    "id" SERIAL NOT NULL,
    "job" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "JobCursor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobMiss" (
    "id" SERIAL NOT NULL,
    "job" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "slot" TIMESTAMP(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "error" TEXT,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "JobMiss_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DemoClock" (
    "id" INTEGER NOT NULL,
    "offsetMs" BIGINT NOT NULL,

    CONSTRAINT "DemoClock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountingCheck" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "received" INTEGER NOT NULL,
    "acted" INTEGER NOT NULL,
    "leftAlone" INTEGER NOT NULL,
    "setAside" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,
    "balanced" BOOLEAN NOT NULL,

    CONSTRAINT "AccountingCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "page" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "gridId" INTEGER,
    "householdId" INTEGER,
    "workerId" INTEGER,
    "actor" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "inboxId" INTEGER,
    "correctsSeq" INTEGER,
    "at" TIMESTAMP(3) NOT NULL,
    "contentHash" TEXT NOT NULL,
    "salt" TEXT,
    "erasedAt" TIMESTAMP(3),
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerHead" (
    "communityId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "LedgerHead_pkey" PRIMARY KEY ("communityId")
);

-- CreateTable
CREATE TABLE "NumberSequence" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "NumberSequence_pkey" PRIMARY KEY ("id")
);

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

-- CreateTable
CREATE TABLE "Request" (
    "id" SERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'request',
    "communityId" INTEGER NOT NULL,
    "gridId" INTEGER,
    "householdId" INTEGER,
    "workerId" INTEGER,
    "reporterId" INTEGER NOT NULL,
    "chatId" INTEGER NOT NULL,
    "category" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "text" TEXT NOT NULL,
    "building" TEXT,
    "unit" TEXT,
    "room" TEXT,
    "status" TEXT NOT NULL,
    "resolution" TEXT,
    "resolutionNote" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "acceptBy" TIMESTAMP(3) NOT NULL,
    "closeBy" TIMESTAMP(3) NOT NULL,
    "acceptedAt" TIMESTAMP(3),
    "waitingUntil" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "closings" INTEGER NOT NULL DEFAULT 0,
    "contestedAt" TIMESTAMP(3),
    "chasedAt" TIMESTAMP(3),
    "chases" INTEGER NOT NULL DEFAULT 0,
    "mergedIntoId" INTEGER,
    "acceptStep" INTEGER NOT NULL DEFAULT 0,
    "closeStep" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RequestReporter" (
    "id" SERIAL NOT NULL,
    "requestId" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "householdId" INTEGER,
    "kind" TEXT NOT NULL,
    "chatId" INTEGER NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RequestReporter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Suspicion" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "gridId" INTEGER,
    "workerId" INTEGER,
    "accountId" INTEGER NOT NULL,
    "chatId" INTEGER NOT NULL,
    "inboxId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL,
    "building" TEXT,
    "unit" TEXT,
    "room" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMP(3) NOT NULL,
    "decidedById" INTEGER,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "Suspicion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Satisfaction" (
    "id" SERIAL NOT NULL,
    "requestId" INTEGER NOT NULL,
    "closing" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "workerId" INTEGER,
    "gridId" INTEGER,
    "score" TEXT NOT NULL,
    "solved" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Satisfaction_pkey" PRIMARY KEY ("id")
);

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

-- CreateTable
CREATE TABLE "Survey" (
    "id" SERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "series" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "anonymous" BOOLEAN NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 1,
    "definition" JSONB NOT NULL,
    "definitionHash" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "eligible" INTEGER NOT NULL DEFAULT 0,
    "excluded" INTEGER NOT NULL DEFAULT 0,
    "invited" INTEGER NOT NULL DEFAULT 0,
    "frame" JSONB,
    "createdById" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "startedAt" TIMESTAMP(3),
    "endsAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "results" JSONB,

    CONSTRAINT "Survey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SurveyVersion" (
    "id" SERIAL NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "personId" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SurveyVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SurveyRoll" (
    "id" SERIAL NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'w',
    "answeredOn" TEXT NOT NULL DEFAULT '0000-00-00',
    "pushes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SurveyRoll_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SurveyBallot" (
    "id" INTEGER NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "choices" TEXT NOT NULL,
    "subjectId" INTEGER,

    CONSTRAINT "SurveyBallot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SurveyWords" (
    "id" INTEGER NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "question" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "subjectId" INTEGER,
    "asWork" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "SurveyWords_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SurveyProgress" (
    "id" SERIAL NOT NULL,
    "token" TEXT NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "cell" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "faults" INTEGER NOT NULL DEFAULT 0,
    "savedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SurveyProgress_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Department" (
    "id" SERIAL NOT NULL,
    "districtId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "Department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Surveyor" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "districtId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,

    CONSTRAINT "Surveyor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CommunityTitle" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "held" BOOLEAN NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CommunityTitle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rectification" (
    "id" SERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "surveyId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "departmentId" INTEGER NOT NULL,
    "aspect" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "dueOn" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "note" TEXT NOT NULL DEFAULT '',
    "openedAt" TIMESTAMP(3) NOT NULL,
    "doneAt" TIMESTAMP(3),
    "reratingSurveyId" INTEGER,
    "newScore" DOUBLE PRECISION,

    CONSTRAINT "Rectification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "gridId" INTEGER NOT NULL,
    "responsibleId" INTEGER,
    "householdId" INTEGER NOT NULL,
    "workerId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "problem" TEXT NOT NULL DEFAULT '',
    "measure" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "backdated" BOOLEAN NOT NULL DEFAULT false,
    "outside" BOOLEAN NOT NULL DEFAULT false,
    "photos" INTEGER NOT NULL DEFAULT 0,
    "source" TEXT NOT NULL DEFAULT 'chat',
    "status" TEXT NOT NULL DEFAULT 'valid',
    "counted" BOOLEAN NOT NULL,
    "correctsId" INTEGER,
    "requestNumber" TEXT,
    "loggedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitHousehold" (
    "householdId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "lastMetDay" TEXT,
    "lastTriedDay" TEXT,
    "lastRequestDay" TEXT,

    CONSTRAINT "VisitHousehold_pkey" PRIMARY KEY ("householdId")
);

-- CreateTable
CREATE TABLE "VisitMonth" (
    "id" SERIAL NOT NULL,
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
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "VisitMonth_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitGridYear" (
    "id" SERIAL NOT NULL,
    "gridId" INTEGER NOT NULL,
    "communityId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "households" INTEGER NOT NULL,
    "covered" INTEGER NOT NULL,

    CONSTRAINT "VisitGridYear_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitLeave" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "communityId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "fromDay" TEXT NOT NULL,
    "toDay" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "decidedById" INTEGER,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "VisitLeave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitGoal" (
    "id" SERIAL NOT NULL,
    "scopeKind" TEXT NOT NULL,
    "scopeId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "quota" INTEGER NOT NULL,
    "setAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "VisitGoal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitShare" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toId" INTEGER NOT NULL,
    "month" TEXT NOT NULL,
    "households" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "decidedAt" TIMESTAMP(3),

    CONSTRAINT "VisitShare_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitFlag" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "workerId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL,

    CONSTRAINT "VisitFlag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LoginLink" (
    "id" SERIAL NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "accountId" INTEGER NOT NULL,
    "personId" INTEGER NOT NULL,
    "outboxKey" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "LoginLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebSession" (
    "id" SERIAL NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "previousHash" TEXT,
    "personId" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "csrf" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "rotatedAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "WebSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SettingChange" (
    "id" SERIAL NOT NULL,
    "communityId" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "personId" INTEGER NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SettingChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServiceAddress" (
    "id" INTEGER NOT NULL,
    "url" TEXT NOT NULL,

    CONSTRAINT "ServiceAddress_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "District_code_key" ON "District"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Subdistrict_code_key" ON "Subdistrict"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Community_code_key" ON "Community"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Grid_code_key" ON "Grid"("code");

-- CreateIndex
CREATE INDEX "Grid_communityId_idx" ON "Grid"("communityId");

-- CreateIndex
CREATE INDEX "GridAssignment_gridId_endsAt_idx" ON "GridAssignment"("gridId", "endsAt");

-- CreateIndex
CREATE INDEX "GridAssignment_personId_endsAt_idx" ON "GridAssignment"("personId", "endsAt");

-- CreateIndex
CREATE INDEX "Household_gridId_idx" ON "Household"("gridId");

-- CreateIndex
CREATE INDEX "Household_communityId_building_room_idx" ON "Household"("communityId", "building", "room");

-- CreateIndex
CREATE UNIQUE INDEX "Household_communityId_estate_building_unit_room_key" ON "Household"("communityId", "estate", "building", "unit", "room");

-- CreateIndex
CREATE UNIQUE INDEX "Person_staffNo_key" ON "Person"("staffNo");

-- CreateIndex
CREATE INDEX "Person_householdId_idx" ON "Person"("householdId");

-- CreateIndex
CREATE INDEX "Person_communityId_idx" ON "Person"("communityId");

-- CreateIndex
CREATE INDEX "RoleGrant_scopeKind_scopeId_role_idx" ON "RoleGrant"("scopeKind", "scopeId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "RoleGrant_personId_role_scopeKind_scopeId_key" ON "RoleGrant"("personId", "role", "scopeKind", "scopeId");

-- CreateIndex
CREATE INDEX "Account_personId_idx" ON "Account"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_channel_externalId_key" ON "Account"("channel", "externalId");

-- CreateIndex
CREATE INDEX "Chat_communityId_kind_idx" ON "Chat"("communityId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "Chat_channel_externalId_key" ON "Chat"("channel", "externalId");

-- CreateIndex
CREATE INDEX "BindingClaim_accountId_status_idx" ON "BindingClaim"("accountId", "status");

-- CreateIndex
CREATE INDEX "AccessLog_subject_at_idx" ON "AccessLog"("subject", "at");

-- CreateIndex
CREATE INDEX "AccessLog_at_idx" ON "AccessLog"("at");

-- CreateIndex
CREATE INDEX "InboxMessage_status_id_idx" ON "InboxMessage"("status", "id");

-- CreateIndex
CREATE INDEX "InboxMessage_handledAt_idx" ON "InboxMessage"("handledAt");

-- CreateIndex
CREATE INDEX "InboxMessage_channel_conversation_messageId_idx" ON "InboxMessage"("channel", "conversation", "messageId");

-- CreateIndex
CREATE UNIQUE INDEX "InboxMessage_channel_externalId_key" ON "InboxMessage"("channel", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_key_key" ON "OutboxMessage"("key");

-- CreateIndex
CREATE INDEX "OutboxMessage_status_notBefore_idx" ON "OutboxMessage"("status", "notBefore");

-- CreateIndex
CREATE INDEX "OutboxMessage_channel_conversation_externalId_idx" ON "OutboxMessage"("channel", "conversation", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Offer_token_key" ON "Offer"("token");

-- CreateIndex
CREATE INDEX "Offer_channel_conversation_id_idx" ON "Offer"("channel", "conversation", "id");

-- CreateIndex
CREATE INDEX "Offer_outboxKey_idx" ON "Offer"("outboxKey");

-- CreateIndex
CREATE UNIQUE INDEX "PendingQuestion_channel_conversation_accountId_key" ON "PendingQuestion"("channel", "conversation", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "JobCursor_job_communityId_key" ON "JobCursor"("job", "communityId");

-- CreateIndex
CREATE INDEX "Attachment_subject_idx" ON "Attachment"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_hash_key" ON "ApiToken"("hash");

-- CreateIndex
CREATE INDEX "LedgerEntry_subject_id_idx" ON "LedgerEntry"("subject", "id");

-- CreateIndex
CREATE INDEX "LedgerEntry_communityId_page_at_idx" ON "LedgerEntry"("communityId", "page", "at");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_communityId_seq_key" ON "LedgerEntry"("communityId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "NumberSequence_communityId_kind_month_key" ON "NumberSequence"("communityId", "kind", "month");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerClose_communityId_month_key" ON "LedgerClose"("communityId", "month");

-- CreateIndex
CREATE UNIQUE INDEX "InspectionLink_tokenHash_key" ON "InspectionLink"("tokenHash");

-- CreateIndex
CREATE INDEX "InspectionLink_communityId_expiresAt_idx" ON "InspectionLink"("communityId", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Request_number_key" ON "Request"("number");

-- CreateIndex
CREATE INDEX "Request_communityId_status_createdAt_idx" ON "Request"("communityId", "status", "createdAt");

-- CreateIndex
CREATE INDEX "Request_workerId_status_idx" ON "Request"("workerId", "status");

-- CreateIndex
CREATE INDEX "Request_reporterId_status_idx" ON "Request"("reporterId", "status");

-- CreateIndex
CREATE INDEX "Request_gridId_createdAt_idx" ON "Request"("gridId", "createdAt");

-- CreateIndex
CREATE INDEX "Request_communityId_building_createdAt_idx" ON "Request"("communityId", "building", "createdAt");

-- CreateIndex
CREATE INDEX "Request_status_acceptBy_idx" ON "Request"("status", "acceptBy");

-- CreateIndex
CREATE INDEX "Request_status_closeBy_idx" ON "Request"("status", "closeBy");

-- CreateIndex
CREATE INDEX "RequestReporter_accountId_idx" ON "RequestReporter"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "RequestReporter_requestId_accountId_key" ON "RequestReporter"("requestId", "accountId");

-- CreateIndex
CREATE INDEX "Suspicion_communityId_status_idx" ON "Suspicion"("communityId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Satisfaction_requestId_closing_accountId_key" ON "Satisfaction"("requestId", "closing", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Survey_number_key" ON "Survey"("number");

-- CreateIndex
CREATE INDEX "Survey_communityId_status_idx" ON "Survey"("communityId", "status");

-- CreateIndex
CREATE INDEX "Survey_series_communityId_idx" ON "Survey"("series", "communityId");

-- CreateIndex
CREATE INDEX "Survey_status_endsAt_idx" ON "Survey"("status", "endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyVersion_surveyId_version_key" ON "SurveyVersion"("surveyId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyRoll_surveyId_subjectId_key" ON "SurveyRoll"("surveyId", "subjectId");

-- CreateIndex
CREATE INDEX "SurveyBallot_surveyId_cell_idx" ON "SurveyBallot"("surveyId", "cell");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyBallot_surveyId_subjectId_key" ON "SurveyBallot"("surveyId", "subjectId");

-- CreateIndex
CREATE INDEX "SurveyWords_surveyId_question_idx" ON "SurveyWords"("surveyId", "question");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyProgress_token_key" ON "SurveyProgress"("token");

-- CreateIndex
CREATE INDEX "SurveyProgress_surveyId_subjectId_idx" ON "SurveyProgress"("surveyId", "subjectId");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyProgress_surveyId_accountId_key" ON "SurveyProgress"("surveyId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Department_districtId_name_key" ON "Department"("districtId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Surveyor_personId_key" ON "Surveyor"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "CommunityTitle_communityId_title_surveyId_key" ON "CommunityTitle"("communityId", "title", "surveyId");

-- CreateIndex
CREATE UNIQUE INDEX "Rectification_number_key" ON "Rectification"("number");

-- CreateIndex
CREATE INDEX "Rectification_communityId_status_idx" ON "Rectification"("communityId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Rectification_surveyId_departmentId_aspect_key" ON "Rectification"("surveyId", "departmentId", "aspect");

-- CreateIndex
CREATE UNIQUE INDEX "Visit_key_key" ON "Visit"("key");

-- CreateIndex
CREATE INDEX "Visit_workerId_day_idx" ON "Visit"("workerId", "day");

-- CreateIndex
CREATE INDEX "Visit_householdId_day_idx" ON "Visit"("householdId", "day");

-- CreateIndex
CREATE INDEX "Visit_communityId_day_idx" ON "Visit"("communityId", "day");

-- CreateIndex
CREATE INDEX "VisitHousehold_communityId_idx" ON "VisitHousehold"("communityId");

-- CreateIndex
CREATE INDEX "VisitMonth_month_communityId_idx" ON "VisitMonth"("month", "communityId");

-- CreateIndex
CREATE UNIQUE INDEX "VisitMonth_workerId_month_key" ON "VisitMonth"("workerId", "month");

-- CreateIndex
CREATE INDEX "VisitGridYear_year_communityId_idx" ON "VisitGridYear"("year", "communityId");

-- CreateIndex
CREATE UNIQUE INDEX "VisitGridYear_gridId_year_key" ON "VisitGridYear"("gridId", "year");

-- CreateIndex
CREATE UNIQUE INDEX "VisitLeave_key_key" ON "VisitLeave"("key");

-- CreateIndex
CREATE INDEX "VisitLeave_personId_toDay_idx" ON "VisitLeave"("personId", "toDay");

-- CreateIndex
CREATE INDEX "VisitLeave_communityId_toDay_idx" ON "VisitLeave"("communityId", "toDay");

-- CreateIndex
CREATE UNIQUE INDEX "VisitGoal_scopeKind_scopeId_month_key" ON "VisitGoal"("scopeKind", "scopeId", "month");

-- CreateIndex
CREATE INDEX "VisitShare_toId_month_idx" ON "VisitShare"("toId", "month");

-- CreateIndex
CREATE UNIQUE INDEX "VisitShare_fromId_toId_month_key" ON "VisitShare"("fromId", "toId", "month");

-- CreateIndex
CREATE INDEX "VisitFlag_communityId_day_idx" ON "VisitFlag"("communityId", "day");

-- CreateIndex
CREATE UNIQUE INDEX "VisitFlag_workerId_day_kind_key" ON "VisitFlag"("workerId", "day", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "LoginLink_tokenHash_key" ON "LoginLink"("tokenHash");

-- CreateIndex
CREATE INDEX "LoginLink_accountId_createdAt_idx" ON "LoginLink"("accountId", "createdAt");

-- CreateIndex
CREATE INDEX "LoginLink_expiresAt_idx" ON "LoginLink"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "WebSession_tokenHash_key" ON "WebSession"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "WebSession_previousHash_key" ON "WebSession"("previousHash");

-- CreateIndex
CREATE INDEX "WebSession_personId_revokedAt_idx" ON "WebSession"("personId", "revokedAt");

-- CreateIndex
CREATE INDEX "SettingChange_communityId_id_idx" ON "SettingChange"("communityId", "id");

-- AddForeignKey
ALTER TABLE "Subdistrict" ADD CONSTRAINT "Subdistrict_districtId_fkey" FOREIGN KEY ("districtId") REFERENCES "District"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Community" ADD CONSTRAINT "Community_subdistrictId_fkey" FOREIGN KEY ("subdistrictId") REFERENCES "Subdistrict"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grid" ADD CONSTRAINT "Grid_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GridAssignment" ADD CONSTRAINT "GridAssignment_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GridAssignment" ADD CONSTRAINT "GridAssignment_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Household" ADD CONSTRAINT "Household_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "Grid"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_householdId_fkey" FOREIGN KEY ("householdId") REFERENCES "Household"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Chat" ADD CONSTRAINT "Chat_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Request" ADD CONSTRAINT "Request_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Request"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestReporter" ADD CONSTRAINT "RequestReporter_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Satisfaction" ADD CONSTRAINT "Satisfaction_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyVersion" ADD CONSTRAINT "SurveyVersion_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyRoll" ADD CONSTRAINT "SurveyRoll_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyBallot" ADD CONSTRAINT "SurveyBallot_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyWords" ADD CONSTRAINT "SurveyWords_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyProgress" ADD CONSTRAINT "SurveyProgress_surveyId_fkey" FOREIGN KEY ("surveyId") REFERENCES "Survey"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
