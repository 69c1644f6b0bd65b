import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** Made for Lambda: one process dies with its first page, and these loosen what we want to test. */
const NOT_OURS = ['--single-process', '--disable-web-security', '--allow-running-insecure-content']

/** A real headless Chromium; the browser comes inside an npm package, nothing is downloaded. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: sparticuz.args.filter((flag) => !NOT_OURS.includes(flag)),
    headless: true,
  })
}
