import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seedPeople } from '../helpers/campaigns.ts'
import { signInAs } from '../helpers/staff.ts'
import { launchBrowser } from './launch.ts'
import { look, openOffice, sitDown } from './office.ts'

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
    await desk.page.getByRole('button', { name: '提交发送' }).click()
    await desk.page.getByText('要由另一位有权限的同事批准').waitFor()

    const other = await sitDown(browser, server.url, width, boss.cookie)
    await other.page.goto(desk.page.url())
    await look(other.page, `console-campaign-approve-${name}`)
    await other.page.getByRole('button', { name: '批准发送' }).click()
    await other.page.getByText('已处理241人，共241人').waitFor({ timeout: 20_000 })
    await other.page.reload()
    await look(other.page, `console-campaign-sent-${name}`)
    await villager.page.getByText('镇政府讲扶持政策').first().waitFor()
    const english = await sitDown(browser, server.url, width, boss.cookie, 'en-GB')
    await english.page.goto(other.page.url())
    await english.page.getByText('241 of 241 people done').waitFor()
    await look(english.page, `console-campaign-sent-${name}-en`)
    for (const { problems } of [desk, other, villager, english]) expect(problems).toEqual([])
    await office.stop()
  },
  90_000,
)
