import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { Id } from '../rules/questions.ts'
import { VoucherLife } from './voucher-life.ts'

const Fen = z.number().int().positive()

/** Proof that a provider hands in with a claim. */
export const VoucherPaper = z.enum(['contract', 'invoice', 'proof'])
export type VoucherPaper = z.infer<typeof VoucherPaper>

/** One kind of service that vouchers pay for. */
export const VoucherKind = z.object({
  id: Id,
  /** A few words. */
  name: Bilingual,
  /** What it pays for, in a sentence. */
  covers: Bilingual,
  /** Face value. */
  faceFen: Fen,
  /** Of a contract, the most that a voucher pays, in hundredths. */
  sharePercent: z.number().int().min(1).max(100),
  /** Of one contract, the most that a voucher pays. */
  perDealFen: Fen,
  /** What a claim must bring. */
  papers: z.array(VoucherPaper).min(1),
})
export type VoucherKind = z.infer<typeof VoucherKind>

/** The service e-vouchers of a programme, as data of its pack. Money is in fen. */
export const VoucherProgramme = z
  .object({
    /** True where these are no office's rules but made up to show how it works; every page and text says so. */
    sample: z.boolean(),
    /** What is said of the rules wherever vouchers are shown; for a sample, that it is one. */
    notice: Bilingual,
    name: Bilingual,
    /** Two to four letters before the year in a voucher's number. */
    prefix: z.string().regex(/^[A-HJ-NP-Z]{2,4}$/),
    year: z.number().int().min(2000).max(2099),
    /** Of the year, the most that may be allotted. */
    budgetFen: Fen,
    /** Of the year, the most face value that one enterprise may be given. */
    yearlyFen: Fen,
    /** Days from the issue in which it can be used. */
    useDays: z.number().int().positive(),
    /** Days from the end of use in which a provider can claim. */
    claimDays: z.number().int().positive(),
    /** Minutes in which an applicant may say yes to a request, or a PIN is good. */
    askMinutes: z.number().int().min(1).max(60),
    /** Requests for one voucher in an hour. */
    askLimit: z.number().int().positive(),
    /** Hours in which a redemption can be taken back. */
    reverseHours: z.number().int().positive(),
    /** Days before the end of use on which the holder is reminded, longest first. */
    remindDays: z.array(z.number().int().positive()),
    /** Who may have one. */
    requires: z.object({
      /** Stages of the application, one of which it must have reached. */
      stages: z.array(Id).min(1),
      /** Whole days since the application was complete. */
      minCaseAgeDays: z.number().int().min(0),
    }),
    kinds: z.array(VoucherKind).min(1),
    life: VoucherLife,
  })
  .refine(({ kinds }) => new Set(kinds.map(({ id }) => id)).size === kinds.length, {
    error: 'Two kinds of vouchers share an id.',
  })
  .refine(({ kinds }) => kinds.every(({ faceFen, perDealFen }) => perDealFen <= faceFen), {
    error: 'A voucher pays no more of a contract than it is worth.',
  })
export type VoucherProgramme = z.infer<typeof VoucherProgramme>
