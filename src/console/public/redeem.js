// The page on which a provider reads a code: slips and forged QR codes are told without a network, the camera
// reads where the browser can. A code that came behind a # is taken out of the address at once.
import { parseVoucherCode, readQr } from './voucher-code.js'

const form = document.getElementById('code-form')
const input = document.getElementById('code')
const told = document.getElementById('code-told')
const scan = document.getElementById('scan')
const video = document.getElementById('camera')

if (form instanceof HTMLFormElement && input instanceof HTMLInputElement) {
  /** @param {string} name */
  const words = (name) => form.dataset[name] ?? ''
  /** @param {string} text @param {boolean} isProblem */
  const tell = (text, isProblem) => {
    if (told === null) return
    told.textContent = text
    told.classList.toggle('problem', isProblem)
    input.setAttribute('aria-invalid', String(isProblem))
  }
  const check = () => {
    const parsed = parseVoucherCode(input.value)
    tell(parsed.ok ? '' : words(parsed.problem), !parsed.ok)
    return parsed.ok
  }
  /** Puts in what a QR code says; true where it can be sent. @param {string} said */
  const take = async (said) => {
    const read = await readQr(said, words('verifyKey'))
    input.value = (read?.code ?? said).replace(/.{4}(?=.)/g, '$&-')
    if (read?.genuine === false) {
      tell(words('forged'), true)
      return false
    }
    const isRight = check()
    if (isRight && read?.genuine === true) tell(words('genuine'), false)
    return isRight
  }

  // While it is typed, not when the field is left: a line that comes or goes would move the button from under
  // the finger.
  input.addEventListener('input', () => {
    const parsed = parseVoucherCode(input.value)
    const isSlip = !parsed.ok && parsed.problem === 'slip'
    tell(isSlip ? words('slip') : '', isSlip)
  })
  form.addEventListener('submit', (event) => {
    if (check()) return
    event.preventDefault()
    // Nothing is sent: the buttons stay as they are.
    event.stopPropagation()
    input.focus()
  })

  if (location.hash.startsWith('#v=')) {
    const { hash } = location
    history.replaceState(null, '', location.pathname)
    void take(hash)
  }

  if ('BarcodeDetector' in window && navigator.mediaDevices !== undefined) offerCamera(take)

  /** @param {(said: string) => Promise<boolean>} found */
  function offerCamera(found) {
    if (!(scan instanceof HTMLButtonElement) || !(video instanceof HTMLVideoElement)) return
    scan.hidden = false
    scan.addEventListener('click', async () => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment' },
        })
        video.srcObject = stream
        video.hidden = false
        scan.hidden = true
        await video.play()
        const said = await readFrom(video)
        for (const track of stream.getTracks()) track.stop()
        video.hidden = true
        scan.hidden = false
        if ((await found(said)) && form instanceof HTMLFormElement) form.requestSubmit()
      } catch {
        video.hidden = true
        scan.hidden = false
        tell(words('noCamera'), true)
      }
    })
  }
}

/**
 * What the first QR code before a camera says.
 * @param {HTMLVideoElement} from
 * @returns {Promise<string>}
 */
async function readFrom(from) {
  // No library of types knows it yet: https://developer.mozilla.org/docs/Web/API/BarcodeDetector
  const { BarcodeDetector } = /** @type {any} */ (window)
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  for (;;) {
    const [code] = await detector.detect(from)
    if (code !== undefined) return code.rawValue
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
