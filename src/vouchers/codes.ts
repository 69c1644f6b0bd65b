import type { Vault } from '../../db/core/vault.ts'
import {
  CODE_PARTS,
  VOUCHER_ALPHABET,
  withCheck,
} from '../../flows/programme/numbers/voucher-code.ts'

/** What is signed begins with this, so that the key signs nothing else. */
const SIGNED = 'wqt-voucher:1:'

/** An Ed25519 seed as PKCS #8 begins so (RFC 8410, 7). */
const PKCS8_HEAD = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
])

/** The page of the console on which a provider reads a code; it stands in every QR code. */
const PROVIDER_PAGE = '/console/redeem'

/** A fresh code: 45 bits by chance, 25 of an HMAC over them, two check characters. */
export async function newVoucherCode(vault: Vault): Promise<string> {
  const chance = Array.from(crypto.getRandomValues(new Uint8Array(CODE_PARTS.chance)), symbol).join(
    '',
  )
  return withCheck(chance + (await proofOf(vault, chance)))
}

/**
 * Whether a code can be one of ours, without a look into the database: of those that somebody makes up,
 * one in 33 million passes. Only who has the index key can tell.
 */
export async function isOurCode(vault: Vault, code: string): Promise<boolean> {
  const chance = code.slice(0, CODE_PARTS.chance)
  return withCheck(chance + (await proofOf(vault, chance))) === code
}

/** By which a code is found without being readable. */
export function voucherCodeIndex(vault: Vault, code: string): Promise<string> {
  return vault.index('voucher-code', code)
}

async function proofOf(vault: Vault, chance: string): Promise<string> {
  const bytes = fromBase64url(await vault.index('voucher-proof', chance))
  return Array.from(bytes.subarray(0, CODE_PARTS.proof), symbol).join('')
}

/** 256 is a multiple of 32: every character is as likely as any other. */
function symbol(byte: number): string {
  return VOUCHER_ALPHABET[byte & 31] ?? ''
}

/**
 * What the QR code of a voucher says: the provider's page, and behind the `#`, which no server is sent,
 * the code, its kind, its last day and our signature over the three. A phone checks it without a network,
 * by the public key alone: that we issued it, not that it is unspent.
 */
export async function voucherQr(
  vault: Vault,
  webUrl: string,
  { code, kind, useBy }: { code: string; kind: string; useBy: string },
): Promise<string> {
  const body = `${code}.${kind}.${useBy.replaceAll('-', '')}`
  const { privateKey } = await keysOf(vault)
  const signature = await crypto.subtle.sign(
    'Ed25519',
    privateKey,
    new TextEncoder().encode(SIGNED + body),
  )
  return `${webUrl}${PROVIDER_PAGE}#v=${body}.${toBase64url(new Uint8Array(signature))}`
}

/** The public key that checks our QR codes: 32 bytes in base64url, for the provider's page. */
export async function voucherVerifyKey(vault: Vault): Promise<string> {
  return (await keysOf(vault)).publicKey
}

const known = new WeakMap<Vault, Promise<{ privateKey: CryptoKey; publicKey: string }>>()

/** The pair is made from the index key, which never changes: nothing more has to be kept secret. */
function keysOf(vault: Vault) {
  const made = known.get(vault) ?? makeKeys(vault)
  known.set(vault, made)
  return made
}

async function makeKeys(vault: Vault) {
  const seed = fromBase64url(await vault.index('voucher-signature', '1'))
  const pkcs8 = new Uint8Array(PKCS8_HEAD.length + seed.length)
  pkcs8.set(PKCS8_HEAD)
  pkcs8.set(seed, PKCS8_HEAD.length)
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
  const { x } = await crypto.subtle.exportKey('jwk', privateKey)
  if (x === undefined) throw new Error('a key without its public half')
  return { privateKey, publicKey: x }
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
