import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { qrPng } from '../../bots/qr-code.ts'
import { seedList, seedPeople } from '../helpers/campaigns.ts'
import { signInAs } from '../helpers/staff.ts'
import { launchBrowser } from './launch.ts'
import { look, openOffice, pressTwice, sitDown } from './office.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it.each([
  ['desktop', 1280],
  ['phone', 390],
] as const)(
  'a broadcast is written, approved by somebody else and arrives, on a %s',
  async (name, width) => {
    const office = await openOffice()
    const { server, deps } = office
    await seedPeople(deps, 240, { channel: 'web' })
    const author = await signInAs(deps, 'publicity')
    const boss = await signInAs(deps, 'city-reviewer')

    const villager = await sitDown(browser, server.url, 390)
    await villager.page.goto(server.url)
    await villager.page.locator('.options button').first().waitFor()
    await villager.page.getByLabel('您想问什么').fill('你好')
    await villager.page.keyboard.press('Enter')
    await villager.page.locator('.turn.mine').first().waitFor()

    const desk = await sitDown(browser, server.url, width, author.cookie)
    await desk.page.goto(`${server.url}/console/campaigns`)
    await look(desk.page, `console-campaigns-empty-${name}`)
    await desk.page.getByRole('link', { name: '写一条通知' }).click()
    await desk.page.getByLabel('标题').fill('六月宣讲会')
    await desk.page.getByLabel('中文内容').fill('{{name}}，下周三上午九点，镇政府讲扶持政策。')
    await desk.page
      .getByLabel('英文内容')
      .fill('{{name|Friend}}, come and hear about the support plan: Wednesday, 9:00, town hall.')
    await desk.page.getByText('缺少代替的话').waitFor()
    await desk.page
      .getByLabel('中文内容')
      .fill('{{name|乡亲}}，下周三上午九点，镇政府讲扶持政策，欢迎来听。')
    await desk.page.getByLabel('我要申请').check()
    await desk.page.locator('#preview').getByText('张三，下周三上午九点').first().waitFor()
    await desk.page.locator('#preview').getByText('241').first().waitFor()
    await look(desk.page, `console-campaign-write-${name}`, name === 'phone')
    await desk.page.getByRole('button', { name: '保存草稿' }).click()
    await desk.page.getByRole('heading', { name: '六月宣讲会' }).waitFor()
    await desk.page.getByLabel('选一张图片').setInputFiles({
      name: 'poster.png',
      mimeType: 'image/png',
      buffer: Buffer.from(await qrPng('a poster')),
    })
    await desk.page.getByLabel('图片说明（中文）').fill('海报：六月宣讲会')
    await desk.page.getByLabel('图片说明（英文）').fill('Poster: information day')
    await desk.page.getByRole('button', { name: '保存图片' }).click()
    await desk.page.getByRole('img', { name: '海报：六月宣讲会' }).first().waitFor()
    await look(desk.page, `console-campaign-picture-${name}`, true)
    const reader = await sitDown(browser, server.url, width, author.cookie, 'en-GB')
    await reader.page.goto(desk.page.url())
    await look(reader.page, `console-campaign-picture-${name}-en`, true)
    await pressTwice(desk.page, '提交发送')
    await desk.page.getByText('要由另一位有权限的同事批准').waitFor()

    const other = await sitDown(browser, server.url, width, boss.cookie)
    await other.page.goto(desk.page.url())
    await look(other.page, `console-campaign-approve-${name}`)
    await pressTwice(other.page, '批准发送')
    await other.page.getByText('已处理241人，共241人').waitFor({ timeout: 20_000 })
    await other.page.reload()
    await look(other.page, `console-campaign-sent-${name}`)
    await villager.page.getByText('镇政府讲扶持政策').first().waitFor()
    const picture = villager.page.getByRole('img', { name: '海报：六月宣讲会' })
    await picture.waitFor()
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
      100,
    )
    if (process.env.SHOTS !== undefined) {
      await villager.page.screenshot({ path: `${process.env.SHOTS}/chat-picture-${name}.png` })
    }
    const english = await sitDown(browser, server.url, width, boss.cookie, 'en-GB')
    await english.page.goto(other.page.url())
    await english.page.getByText('241 of 241 people done').waitFor()
    await look(english.page, `console-campaign-sent-${name}-en`)
    for (const { problems } of [desk, other, villager, english]) expect(problems).toEqual([])
    await office.stop()
  },
  90_000,
)

it.each([
  ['desktop', 1280, 'zh-CN'],
  ['phone', 390, 'en-GB'],
] as const)('a list of people, on a %s', async (name, width, locale) => {
  const office = await openOffice()
  const { server, deps } = office
  const author = await signInAs(deps, 'publicity')
  const id = await seedList(deps, 'yunyan', author.id)
  const desk = await sitDown(browser, server.url, width, author.cookie, locale)
  await desk.page.goto(`${server.url}/console/lists`)
  await look(desk.page, `console-lists-${name}`)
  await desk.page.goto(`${server.url}/console/lists/${id}`)
  await desk.page.locator('#numbers').fill('GY18-02-000017')
  await desk.page.locator('form[action$="/numbers"] button').click()
  await desk.page.getByText('GY18-02-000017').waitFor()
  await look(desk.page, `console-list-${name}`)
  expect(desk.problems).toEqual([])
  await office.stop()
})
