import { Command, InvalidArgumentError, Option } from 'commander'
import { ledgerTexts } from './ledger-texts.js'
import { surveyTexts } from './survey-texts.js'
import { texts } from './texts.js'

/**
 * The command line. Commands are loaded when they run: most need the database, some must not wait for it.
 */
export function createProgram(): Command {
  const program = new Command('linli')
    .description(texts.program)
    .helpOption('-h, --help', texts.help)
    .helpCommand('help [command]', texts.helpCommand)
    .configureHelp({ styleTitle: (title) => texts.titles[title] ?? title })
    .showHelpAfterError(texts.seeHelp)
    .exitOverride()

  program
    .command('import')
    .description(texts.import.about)
    .argument('<file>', texts.import.file)
    .option('--partial', texts.import.partial)
    .action(async (file: string, options) => (await import('./import.js')).runImport(file, options))

  program
    .command('import-visits')
    .description(texts.importVisits.about)
    .argument('<file>', texts.importVisits.file)
    .requiredOption('--community <code>', texts.community)
    .option('--partial', texts.import.partial)
    .action(async (file: string, options) => (await import('./import-visits.js')).runImportVisits(file, options))

  program
    .command('export-visits')
    .description(texts.exportVisits.about)
    .argument('<file>', texts.exportVisits.file)
    .requiredOption('--community <code>', texts.community)
    .requiredOption('--month <month>', texts.exportVisits.month)
    .option('--masked', texts.exportVisits.masked)
    .action(async (file: string, options) => (await import('./export-visits.js')).runExportVisits(file, options))

  program
    .command('schedule')
    .description(texts.schedule.about)
    .option('--community <code>', texts.community)
    .option('--limit <rows>', texts.schedule.limit, id, 50)
    .action(async (options) => (await import('./schedule.js')).runSchedule(options))

  program
    .command('template')
    .description(texts.template.about)
    .argument('<file>', texts.template.file)
    .action(async (file: string) => (await import('./template.js')).runTemplate(file))

  program
    .command('bind-chat')
    .description(texts.bindChat.about)
    .option('--list', texts.bindChat.list)
    .addOption(new Option('--channel <name>', texts.bindChat.channel).choices(['telegram', 'wechat', 'sandbox']))
    .option('--id <id>', texts.bindChat.id)
    .option('--community <code>', texts.community)
    .addOption(
      new Option('--kind <kind>', texts.bindChat.kind)
        .choices(['residents', 'workers', 'subdistrict'])
        .default('residents'),
    )
    .option('--grid <code>', texts.bindChat.grid)
    .option('--name <name>', texts.bindChat.name)
    .action(async (options) => (await import('./bind-chat.js')).runBindChat(options))

  program
    .command('export')
    .description(texts.export.about)
    .addOption(new Option('--community <code>', texts.community).conflicts('district'))
    .option('--district <code>', texts.token.district)
    .requiredOption('--month <YYYY-MM>', texts.export.month, monthOrYear)
    .requiredOption('--out <file>', texts.export.out)
    .option('--page <name>', texts.export.page)
    .option('--masked', texts.export.masked)
    .action(async (options) => (await import('./export.js')).runExport(options))

  addLedgerCommands(program)
  addPageCommands(program)
  addTokenCommands(program)
  addInboxCommands(program)
  addSurveyCommands(program)

  program
    .command('demo')
    .description(texts.demo.about)
    .action(async () => (await import('./demo.js')).runDemo())

  program
    .command('doctor')
    .description(texts.doctor.about)
    .action(async () => (await import('./doctor/index.js')).runDoctor())

  program
    .command('migrate')
    .description(texts.migrate.about)
    .action(async () => (await import('./migrate.js')).runMigrate())

  program
    .command('examples')
    .description(texts.examples.about)
    .option('--out <file>', texts.examples.out)
    .action(async (options) => (await import('./examples.js')).listExamples(options))

  program
    .command('understand')
    .description(texts.understand.about)
    .action(async () => (await import('./understand.js')).understand(process.stdin, process.stdout))

  return program
}

function addLedgerCommands(program: Command): void {
  const { verify, backup, restore, close, reindex } = ledgerTexts
  program
    .command('verify')
    .description(verify.about)
    .addOption(new Option('--community <code>', texts.community).conflicts('workbook'))
    .option('--expect <fingerprint...>', verify.expect)
    .option('--workbook <file>', verify.workbook)
    .action(async (options) => (await import('./verify.js')).runVerify(options))
  program
    .command('close')
    .description(close.about)
    .requiredOption('--community <code>', texts.community)
    .requiredOption('--month <YYYY-MM>', texts.export.month, month)
    .action(async (options) => (await import('./close.js')).runClose(options))
  program
    .command('backup')
    .description(backup.about)
    .argument('<file>', backup.file)
    .action(async (file: string) => (await import('./backup.js')).runBackup(file))
  program
    .command('restore')
    .description(restore.about)
    .argument('<file>', restore.file)
    .action(async (file: string) => (await import('./restore.js')).runRestore(file))
  program
    .command('reindex')
    .description(reindex.about)
    .action(async () => (await import('./reindex.js')).runReindex())
}

function addPageCommands(program: Command): void {
  const { page: words } = ledgerTexts
  const page = program.command('page').description(words.about)
  const one = ['--community <code>', texts.community] as const
  page
    .command('list')
    .description(words.list)
    .requiredOption(...one)
    .action(async (options) => (await import('./page.js')).listPages(options))
  page
    .command('set')
    .description(words.set)
    .argument('<file>', words.file)
    .requiredOption(...one)
    .action(async (file: string, options) => (await import('./page.js')).definePage(file, options))
  page
    .command('remove')
    .description(words.remove)
    .argument('<name>', words.name)
    .requiredOption(...one)
    .action(async (name: string, options) => (await import('./page.js')).dropPage(name, options))
}

function addTokenCommands(program: Command): void {
  const token = program.command('token').description(texts.token.about)
  token
    .command('create')
    .description(texts.token.create)
    .addOption(
      new Option('--role <role>', texts.token.role)
        .choices(['worker', 'coordinator', 'manager', 'officer', 'surveyor', 'department'])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--community <code>', texts.community).conflicts(['subdistrict', 'district']))
    .addOption(new Option('--subdistrict <code>', texts.token.subdistrict).conflicts('district'))
    .option('--district <code>', texts.token.district)
    .option('--department <name>', texts.token.department)
    .option('--name <name>', texts.token.name)
    .option('--days <days>', texts.token.days, days)
    .action(async (options) => (await import('./token.js')).createToken(options))
  token
    .command('list')
    .description(texts.token.list)
    .action(async () => (await import('./token.js')).listTokens())
  token
    .command('revoke')
    .description(texts.token.revoke)
    .argument('<id>', texts.token.id, id)
    .action(async (number: number) => (await import('./token.js')).revokeToken(number))
}

function addInboxCommands(program: Command): void {
  const inbox = program.command('inbox').description(texts.inbox.about)
  inbox
    .command('list')
    .description(texts.inbox.list)
    .action(async () => (await import('./inbox.js')).listSetAside())
  inbox
    .command('replay')
    .description(texts.inbox.replay)
    .argument('[id...]', texts.inbox.id, (text: string, before: number[] = []) => [...before, id(text)])
    .option('--all', texts.inbox.all)
    .action(async (ids: number[] | undefined, options) =>
      (await import('./inbox.js')).replaySetAside(ids ?? [], options),
    )
}

function addSurveyCommands(program: Command): void {
  const survey = program.command('survey').description(surveyTexts.about)
  survey
    .command('check')
    .description(surveyTexts.check)
    .argument('<file>', surveyTexts.file)
    .action(async (file: string) => (await import('./survey.js')).runCheckSurvey(file))
  survey
    .command('preview')
    .description(surveyTexts.preview)
    .argument('<file>', surveyTexts.file)
    .requiredOption('--community <code>', texts.community)
    .action(async (file: string, options) => (await import('./survey.js')).runPreviewSurvey(file, options))
  survey
    .command('import')
    .description(surveyTexts.import)
    .argument('<file>', surveyTexts.file)
    .requiredOption('--community <code>', texts.community)
    .action(async (file: string, options) => (await import('./survey.js')).runImportSurvey(file, options))
  survey
    .command('results')
    .description(surveyTexts.results)
    .argument('<number>', surveyTexts.number)
    .requiredOption('--out <file>', surveyTexts.out)
    .action(async (number: string, options) => (await import('./survey.js')).runExportSurvey(number, options))
}

function month(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text
  throw new InvalidArgumentError(texts.export.wrongMonth)
}

function monthOrYear(text: string): string {
  return /^\d{4}$/.test(text) ? text : month(text)
}

function days(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(texts.token.wrongDays)
}

function id(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(texts.wrongId)
}
