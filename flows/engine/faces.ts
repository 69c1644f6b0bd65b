/** WeChat writes its faces as words in brackets; what it calls them is a list, and not every bracket is a face. */
const NAMES =
  '微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 冷汗 囧 抓狂 吐 偷笑 愉快 可爱 白眼 傲慢 ' +
  '饥饿 困 惊恐 流汗 憨笑 悠闲 大兵 奋斗 咒骂 疑问 嘘 晕 疯了 折磨 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 糗大了 坏笑 左哼哼 右哼哼 ' +
  '哈欠 鄙视 委屈 快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 嘴唇 示爱 爱心 心碎 蛋糕 闪电 炸弹 ' +
  '刀 足球 瓢虫 便便 月亮 太阳 礼物 拥抱 强 弱 握手 胜利 抱拳 勾引 拳头 差劲 爱你 NO OK 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 回头 ' +
  '跳绳 投降 激动 乱舞 献吻 左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 吃瓜 加油 汗 天啊 社会社会 旺柴 好的 打脸 哇 翻白眼 666 ' +
  '让我看看 叹气 苦涩 裂开 合十 红包 發 福 小狗 庆祝 礼花 烟花 爆竹 鸡 开心 生病 破涕为笑 脸红 恐惧 失望 无语 吐舌 嘻嘻 哭 笑哭 ' +
  '强壮 祈祷 派对 鬼魂 幽灵 生气 泣不成声 笑脸 心 双喜 囍 吐血 捂嘴笑 点赞 赞 比心 doge 狗头 笑cry 流鼻涕 骷髅头 色色 大笑 ' +
  'smile grimace drool scowl coolguy sob shy silent sleep cry awkward angry tongue grin surprise frown ruthless blush scream puke ' +
  'chuckle joyful slight smug hungry drowsy panic sweat laugh commando determined scold shocked shhh dizzy tormented toasted skull ' +
  'hammer wave speechless nosepick clap shame trick bah!l bah!r yawn pooh-pooh shrunken tearingup sly kiss wrath whimper cleaver ' +
  'watermelon beer basketball pingpong coffee rice pig rose wilt lips heart brokenheart cake lightning bomb dagger soccer ladybug ' +
  'poop moon sun gift hug thumbsup thumbsdown shake peace fight beckon fist pinky rockon nuh-uh inlove blowkiss waddle tremble ' +
  'aaagh! twirl kotow dramatic jumprope surrender hooray meditate smooch taichil taichir hey facepalm smirk smart concerned yeah! ' +
  'onlooker goforit sweats omg emm respect doge noprob mybad keepfighting wow rich broken hurt sigh letmesee awesome boring ' +
  'packet party blessing firecracker fireworks happy sick lol terror letdown duh worship pray strong ghost'

const FACES: ReadonlySet<string> = new Set(NAMES.toLowerCase().split(' '))

/** Whether a bracketed word is one of WeChat's faces. */
export function isFace(name: string): boolean {
  return FACES.has(name.normalize('NFKC').toLowerCase().replaceAll(' ', ''))
}
