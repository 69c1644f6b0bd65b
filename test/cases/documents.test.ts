import { describe, expect, it } from 'vitest'
import type { DocumentsAsk, DocumentsReply } from '../../flows/cases/documents/ask.ts'
import { createStep } from '../../flows/engine/step.ts'
import type { FileProblem, Input } from '../../flows/engine/types.ts'
import { flows } from '../../flows/index.ts'
import { isPolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { NUMBER } from '../flows/case-replies.ts'
import { createPlayer } from '../helpers/play.ts'

const step = createStep({
  flows,
  home: 'menu',
  questions: 'policy-question',
  settings: 'settings',
  channelRedirect: 'elsewhere',
  looksLikeQuestion: (text) => text.endsWith('？'),
  isAnswer: isPolicyAnswer,
})
const choice = (value: string): Input => ({ type: 'choice', value })
const photo = (mediaId: string, problem?: FileProblem): Input => ({
  type: 'media',
  kind: 'image',
  mediaId,
  ...(problem === undefined ? {} : { problem }),
})

function play(files: { id: string; name: string | null }[] = [], removable = true) {
  const player = createPlayer(step, {
    answer: () => ({ kind: 'refused' }),
    world: (asked) => {
      if (asked.kind === 'case.drop-file') {
        const { attachmentId } = asked
        return removable
          ? {
              reply: { documents: { kind: 'dropped', attachmentId } },
              saves: [{ kind: 'attachment-dropped', attachmentId }],
            }
          : { reply: { documents: { kind: 'kept' } } }
      }
      if (asked.kind !== 'documents') throw new Error(asked.kind)
      return { reply: { documents: documentsOf(asked.ask) } }
    },
  })
  const documentsOf = (ask: DocumentsAsk): DocumentsReply => {
    switch (ask.kind) {
      case 'papers':
        return {
          kind: 'papers',
          number: NUMBER,
          note: 'note',
          papers: [{ id: 'card', name: '身份证', files: files.length }],
          returned: false,
        }
      case 'paper':
        return {
          kind: 'paper',
          caseId: 'c',
          document: { id: 'card', name: '身份证', why: 'who' },
          files,
          removable,
        }
    }
  }
  return player
}
const attached = (attachmentId: string) => ({
  kind: 'attachment',
  attachmentId,
  document: 'card',
  caseId: 'c',
})

describe('papers', () => {
  it.each(['交材料', '上传材料', 'Send papers'])(
    '%s opens the list, with whose list decides',
    (word) => {
      expect(play().said(word)).toEqual(['documents.list', 'note'])
    },
  )

  it('takes several files for a paper, each stored in its own turn', () => {
    const player = play()
    player.send('交材料')
    expect(player.said(choice('d:card'))).toEqual(['documents.send'])
    expect(player.send(photo('f1')).records.map(({ record }) => record)).toEqual([attached('f1')])
    const second = player.send(photo('f2'))
    expect(second.records.map(({ record }) => record)).toEqual([attached('f2')])
    expect(second.spoken[0]?.message.text).toMatchObject({ params: { files: 2 } })
    expect(player.said('好了')).toEqual(['documents.list', 'note'])
  })

  it('takes files that came before their paper was named, and a file twice only once', () => {
    const player = play()
    player.send('交材料')
    player.send(photo('f1'))
    player.send(photo('f1'))
    expect(player.said(photo('f2'))[0]).toBe('documents.whichPaper')
    const taken = player.send(choice('d:card')).records.map(({ record }) => record)
    expect(taken).toEqual([attached('f1'), attached('f2')])
    expect(player.said('返回')).toEqual(['documents.list', 'note'])
  })

  it('takes a wrong one out, and only one of this paper', () => {
    const player = play([{ id: 'f1', name: 'card.jpg' }])
    player.send('交材料')
    player.send(choice('d:card'))
    expect(player.send(choice('r:f9')).records).toEqual([])
    expect(player.send(choice('r:f1')).records.map(({ record }) => record)).toEqual([
      { kind: 'attachment-dropped', attachmentId: 'f1' },
    ])
    expect(player.send(choice('r:f1')).records).toEqual([])
  })

  it('offers no taking out where staff work with it', () => {
    const player = play([{ id: 'f1', name: null }], false)
    player.send('交材料')
    const [said] = player.send(choice('d:card')).spoken
    expect(said?.message.quickReplies?.map(({ value }) => value)).toEqual(['done'])
    expect(player.said(choice('r:f1'))).toEqual(['documents.notRemoved'])
  })

  it.each<[string, Input, string]>([
    ['words', { type: 'text', text: '啊啊啊' }, 'documents.unclear'],
    ['nothing', { type: 'text', text: '' }, 'documents.unclear'],
    ['a paper that is none', choice('d:none'), 'documents.unclear'],
    ['a file that is too large', photo('f', 'too-large'), 'file.too-large'],
    ['a file of another kind', photo('f', 'wrong-kind'), 'file.wrong-kind'],
  ])('says what to do about %s, and shows the list again', (_, input, key) => {
    const player = play()
    player.send('交材料')
    expect(player.said(input)).toEqual([key, 'documents.list', 'note'])
  })

  it('is kept when it is left, and goes on at the same paper', () => {
    const player = play()
    player.send('交材料')
    player.send(choice('d:card'))
    player.send('菜单')
    expect(player.said('交材料')).toEqual(['common.resumed', 'documents.send'])
  })
})
