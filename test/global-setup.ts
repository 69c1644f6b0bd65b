import { makeTemplates } from './template.ts'

/** What every test begins with is made once a run. The Worker is bundled by the tests that run it. */
export default function setup(): Promise<() => void> {
  return makeTemplates(['guiyang-2018', 'example-2030'])
}
