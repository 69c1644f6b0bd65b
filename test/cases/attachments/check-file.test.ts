import { describe, expect, it } from 'vitest'
import { fileHeaders } from '../../../src/http/file-headers.ts'
import { checkFile, MAX_FILE_BYTES } from '../../../src/platform/files/check-file.ts'
import { concat, fileOf } from '../../helpers/files.ts'

describe('what a file is', () => {
  it.each([
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
    ['webp', 'image/webp'],
    ['heic', 'image/heic'],
    ['heif', 'image/heic'],
    ['pdf', 'application/pdf'],
  ] as const)('%s is taken as %s', async (kind, mime) => {
    expect(await checkFile(fileOf(kind))).toEqual({ ok: true, mime })
  })

  it.each([
    ...(['gif', 'svg', 'html', 'zip', 'exe', 'mp4', 'avif', 'tiff', 'words'] as const),
    ...(['pdf after a tag', 'pdf after a mark', 'pdf after a line'] as const),
  ])('%s is refused', async (kind) => {
    expect(await checkFile(fileOf(kind))).toEqual({ ok: false, problem: 'wrong-kind' })
  })

  it('is refused where it is cut off within its first bytes', async () => {
    for (const kind of ['jpeg', 'png', 'webp', 'heic', 'pdf'] as const) {
      for (let length = 1; length < 3; length++) {
        const cut = fileOf(kind).subarray(0, length)
        expect(await checkFile(cut), `${kind} ${length}`).toEqual({
          ok: false,
          problem: 'wrong-kind',
        })
      }
    }
  })

  it('has ten mebibytes at most, counted to the byte', async () => {
    expect(MAX_FILE_BYTES).toBe(10_485_760)
    expect(await checkFile(fileOf('jpeg', '', MAX_FILE_BYTES))).toMatchObject({ ok: true })
    expect(await checkFile(fileOf('jpeg', '', MAX_FILE_BYTES + 1))).toEqual({
      ok: false,
      problem: 'too-large',
    })
    expect(await checkFile(new Uint8Array())).toEqual({ ok: false, problem: 'empty' })
  })
})

describe('a file that is also a page', () => {
  it('is a download of its first type, whatever its name', async () => {
    const polyglot = concat(fileOf('jpeg'), fileOf('html'))
    const checked = await checkFile(polyglot)
    if (!checked.ok) throw new Error('refused')
    const headers = fileHeaders({ mime: checked.mime, name: '身份证"\r\n.html' })
    expect(headers).toMatchObject({
      'Content-Type': 'image/jpeg',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    })
    expect(headers['Content-Disposition']).toBe(
      `attachment; filename="file.jpg"; filename*=UTF-8''${encodeURIComponent('身份证"\r\n.jpg')}`,
    )
    expect(fileHeaders({ mime: 'application/pdf', name: null })['Content-Disposition']).toContain(
      'filename="file.pdf"',
    )
  })
})
