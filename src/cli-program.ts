import { Command, InvalidArgumentError, Option } from 'commander'
import { LOCALES } from '../locales/keys.ts'
import type { KeyOptions } from './api/cli.ts'
import type { CaseOptions } from './cases/cli.ts'
import type { VoucherOptions } from './vouchers/cli.ts'

type Args = readonly string[]

/** What is done with what was typed; each resolves when it has been, and has said what there is to say. */
export type Runs = {
  chat(options: { repro: boolean; keep: boolean; locale: string }): Promise<void>
  misses(limit: number): Promise<void>
  handoff(args: Args, limit: number): Promise<void>
  case(args: Args, options: CaseOptions): Promise<void>
  voucher(args: Args, options: VoucherOptions): Promise<void>
  wechatMp(args: Args): Promise<void>
  wechatKf(args: Args): Promise<void>
  telegram(): Promise<void>
  prepare(): Promise<void>
  admin(args: Args, options: { email?: string; name?: string }): Promise<void>
  apiKey(args: Args, options: KeyOptions): Promise<void>
  audit(args: Args, options: { head?: string }): Promise<void>
  keys(command: 'new' | 'rotate'): Promise<void>
  file(command: 'backup' | 'restore' | 'verify', file: string | undefined): Promise<void>
  policy(args: Args): void
}

/** The command line: its commands, their help, and what is said of a slip. */
export function createProgram(runs: Runs): Command {
  const program = new Command('npm run cli --')
    .description('微企通 Weiqitong, the command line')
    .usage('COMMAND')
    .helpOption('-h, --help', 'how a command is used')
    .helpCommand('help [COMMAND]', 'how a command is used')
    .showSuggestionAfterError()
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', '\nFor one command: npm run cli -- case --help')
  people(program, runs)
  office(program, runs)
  networks(program, runs)
  installation(program, runs)
  return program
}

function people(program: Command, runs: Runs): void {
  program.commandsGroup('People:')
  program
    .command('chat')
    .description('talk to the bot in this terminal; also: npm run chat')
    .option('--repro', 'print the conversation as a transcript test afterwards', false)
    .option('--keep', "use the server's own database, to come back later", false)
    .addOption(
      new Option('--locale <LOCALE>', 'the language to begin in')
        .choices(LOCALES)
        .default('zh-Hans'),
    )
    .action((options) => runs.chat(options))
  program
    .command('misses')
    .description('questions that were not answered well, newest first')
    .addOption(limit())
    .action((options) => runs.misses(options.limit))

  const handoff = program.command('handoff').description('people who asked for a person')
  handoff
    .command('list')
    .description('who waits for staff, longest first')
    .addOption(limit())
    .action((options) => runs.handoff(['list'], options.limit))
  handoff
    .command('show <ID>')
    .description('what was said')
    .action((id) => runs.handoff(['show', id], 1))
  handoff
    .command('answer <ID> <WORDS...>')
    .description('send the words to the person, in their own conversation')
    .action((id, words) => runs.handoff(['answer', id, ...words], 1))
  handoff
    .command('close <ID>')
    .description('end it: the bot goes on where it had stopped')
    .action((id) => runs.handoff(['close', id], 1))
}

function office(program: Command, runs: Runs): void {
  program.commandsGroup('The office:')
  const cases = program.command('case').description('applications')
  cases
    .command('list')
    .description('open applications in the order of review')
    .option('--district <NAME>', 'one district only')
    .option('--stage <ID>', 'one stage only, such as submitted')
    .addOption(limit())
    .action((options) => runs.case(['list'], options))
  cases
    .command('show <NUMBER>')
    .description('one application, masked: where it stands, its history, what can be done')
    .action((number) => runs.case(['show', number], ONE))
  cases
    .command('move <NUMBER> <MOVE>')
    .description('make one of its moves, and tell the person')
    .requiredOption('--actor <NAME>', 'who does it')
    .option('--role <ROLE>', 'as whom, such as finance')
    .option('--reason <ID,ID>', 'why, where the move asks')
    .option('--missing <DOCUMENT,field:FIELD>', 'what is to be handed in')
    .option('--note <WORDS>', 'words to the applicant')
    .action((number, move, options) => runs.case(['move', number, move], { ...ONE, ...options }))
  cases
    .command('add-paper')
    .description('record an application that came on paper; asks for all else')
    .requiredOption('--actor <NAME>', 'who records it')
    .action((options) => runs.case(['add-paper'], { ...ONE, ...options }))

  const voucher = program.command('voucher').description('e-vouchers')
  voucher
    .command('programme')
    .description('the kinds of e-vouchers, and the budget as it stands')
    .action(() => runs.voucher(['programme'], ONE))
  voucher
    .command('list')
    .description('e-vouchers, newest first')
    .option('--district <NAME>', 'one district only')
    .option('--stage <ID>', 'one stage only, such as issued')
    .addOption(limit())
    .action((options) => runs.voucher(['list'], options))
  voucher
    .command('show <NUMBER>')
    .description('one e-voucher: its money and its history, never its code')
    .action((number) => runs.voucher(['show', number], ONE))
  voucher
    .command('budget <YUAN>')
    .description("allot money to the year's budget")
    .requiredOption('--actor <NAME>', 'who allots it')
    .requiredOption('--reason <WORDS>', 'why')
    .requiredOption('--key <ID>', 'of your own; the same key does it once')
    .action((yuan, options) => runs.voucher(['budget', yuan], { ...ONE, ...options }))
  voucher
    .command('issue <CASE> <KIND>')
    .description('issue to one application; CASE "all": to everybody whom the rule lets')
    .requiredOption('--actor <NAME>', 'who issues it')
    .requiredOption('--key <ID>', 'of your own; the same key does it once')
    .action((number, kind, options) =>
      runs.voucher(['issue', number, kind], { ...ONE, ...options }),
    )
  voucher
    .command('verify')
    .description('recompute the ledger; names the first sum that does not agree')
    .action(() => runs.voucher(['verify'], ONE))

  const admin = program.command('admin').description('administrators of the console')
  admin
    .command('create')
    .description('a one-time link for an administrator; asks for what is not said')
    .option('--email <ADDRESS>', 'such as who@example.gov.cn')
    .option('--name <NAME>', 'such as 张三')
    .action((options) => runs.admin(['create'], options))
  admin
    .command('link <ADDRESS>')
    .description(
      'a new one-time link for somebody of staff, where no second administrator can agree',
    )
    .action((address: string) => runs.admin(['link', address], {}))
  admin
    .command('authenticator <ADDRESS>')
    .description('asks somebody of staff for a new authenticator at the next sign-in')
    .action((address: string) => runs.admin(['authenticator', address], {}))
  const key = program.command('api-key').description('keys by which other systems come in')
  key
    .command('new')
    .description('make a key, which is shown this once')
    .requiredOption('--name <NAME>', 'which system uses it')
    .requiredOption('--role <ROLE>', 'as whom, such as district-reviewer')
    .requiredOption('--scopes <SCOPE,SCOPE>', 'for what, such as applications:read,answers:ask')
    .option('--district <ID>', 'one district only')
    .option('--days <NUMBER>', 'until it expires', '90')
    .option('--per-minute <NUMBER>', 'requests at most', '120')
    .action((options) => runs.apiKey(['new'], options))
  key
    .command('list')
    .description('every key: its id, place, scopes and state, never the key itself')
    .action(() => runs.apiKey(['list'], {}))
  key
    .command('revoke <ID>')
    .description('end a key, at once and for good')
    .action((id) => runs.apiKey(['revoke', id], {}))

  const audit = program.command('audit').description('the audit chain')
  audit
    .command('verify')
    .description('check it, and name the first entry that was altered')
    .option('--head <HASH>', 'a last hash noted earlier: says whether anything was cut off since')
    .action((options) => runs.audit(['verify'], options))
}

function networks(program: Command, runs: Runs): void {
  program.commandsGroup('Networks:')
  program
    .command('telegram')
    .description("register the bot's commands, texts and webhook; for Workers")
    .action(() => runs.telegram())
  const wechatMp = program.command('wechat-mp').description('the official account of WeChat')
  wechatMp
    .command('menu')
    .description("set its menu from the conversation's own")
    .action(() => runs.wechatMp(['menu']))
  wechatMp
    .command('qr <SCENE>')
    .description('a QR code for posters that opens the account and says SCENE there')
    .action((scene) => runs.wechatMp(['qr', scene]))
  wechatKf(program, runs)
}

function wechatKf(program: Command, runs: Runs): void {
  program
    .command('wechat-kf')
    .description('the account of 微信客服')
    .command('link [SCENE]')
    .description('a link for posters and pages that opens the conversation and says SCENE there')
    .action((scene) => runs.wechatKf(['link', scene ?? '']))
}

function installation(program: Command, runs: Runs): void {
  program.commandsGroup('The installation:')
  program
    .command('prepare')
    .description('bring a database up to date: schema and policy pack; for Workers')
    .action(() => runs.prepare())
  const keys = program.command('keys').description('keys of the data at rest')
  keys
    .command('new')
    .description('keys for the settings: the first ones, or the next one to rotate to')
    .action(() => runs.keys('new'))
  keys
    .command('rotate')
    .description('seal with the first key what older keys sealed; stop and repeat at will')
    .action(() => runs.keys('rotate'))
  program
    .command('backup [FILE]')
    .description('copy the database as of one moment, while the server runs')
    .action((file) => runs.file('backup', file))
  program
    .command('restore <FILE>')
    .description("put a copy in the database's place; stop the server first")
    .action((file) => runs.file('restore', file))
  program
    .command('verify [FILE]')
    .description('look over the database or a copy: pages, references, audit chain, keys')
    .action((file) => runs.file('verify', file))
  const policy = program
    .command('policy')
    .description('the policy packs there are')
    .action(() => runs.policy([]))
  policy
    .command('check <ID>')
    .description('whether a pack is whole, and what is in it (docs/write-a-pack.md)')
    .action((id) => runs.policy(['check', id]))
}

/** For commands that list nothing. */
const ONE = { limit: 1 }

function limit(): Option {
  return new Option('--limit <COUNT>', 'how many at most').default(50).argParser((text) => {
    const count = Number(text)
    if (Number.isInteger(count) && count > 0) return count
    throw new InvalidArgumentError('Give a number from 1 on.')
  })
}
