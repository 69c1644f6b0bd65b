import { normaliseForm } from './language/normalise.ts'

/**
 * Whether a free text is a question rather than the answer to one of ours: asked in the middle of a
 * form, `需要什么材料` should be answered, `老王米粉店` stored. Names and yes/no must never be taken for
 * questions, so doubtful texts are not.
 */
export function looksLikeQuestion(text: string): boolean {
  const said = normaliseForm(text)
  if (ANY.test(said)) return false
  if (/\?/.test(said)) return /[\p{L}]{2}/u.test(said)
  if (said.length < 4) return SHORT.test(said)
  return ASKING.test(said) || isEitherOr(said) || TAIL.test(said) || ENGLISH.test(said)
}

/** 什么都行, 没什么, 没拿到几个: question words that ask nothing. */
const ANY =
  /(?:什么|怎么|哪里|哪个|多少|几个|谁|啥)(?:都|也)|没(?:有)?(?:什么|啥)|没\p{Script=Han}{0,3}几[个家天年]|随便|无所谓/u

/** 钱多少, 谁出钱: too few letters to go by a question word anywhere in them. */
const SHORT =
  /^(?:多少|怎么办|为什么|为啥|几时|多久|咋办|咋整|啥时|在哪|谁(?:管|出|给|批))|(?:多少|好多|几多|多久)$/

const ASKING =
  /什么|怎么|怎样|如何|咋|啥|哪[里儿些个样点]|多少|好多钱|(?<![十好没前这那过后近头])几[个家户万成天时年]|多久|好久|为何|请问|想问|问一下|可以不|有没得|是否|能否|可否|谁(?:来|管|负责|能|可以|给)/

/** 补不补, 能不能, 批没批, 可不可以: a word and its own denial ask; 时不时 and 动不动 only tell how often. */
function isEitherOr(said: string): boolean {
  return /(\p{Script=Han})[不没]\1/u.test(said.replaceAll(/时不时|动不动/g, ''))
}

/** A final particle, or the 不 of a yes/no question after a predicate (优先不, but not 我不). */
const TAIL = /[吗呢么][,.]?$|(?<![我也都就还可])不[,.]?$|没得$/

const ENGLISH =
  /^(?:and |so |but |ok |hi |hello |please )*(?:what|how|when|where|who|whom|whose|which|why|can|could|do|does|did|is|are|am|was|will|would|should|may|must|has|have)\b(?=.* )|\b(?:tell me|i want to know|i'd like to know|explain)\b/
