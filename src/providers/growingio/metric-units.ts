import type { Unit } from '../../analytics/catalog.ts';

// Not every word on 率 is a rate: 频率 is a frequency, 汇率 an exchange rate.
const RATES = [
  '跳出率',
  '退出率',
  '转化率',
  '留存率',
  '流失率',
  '点击率',
  '回访率',
  '打开率',
  '到达率',
  '完成率',
  '渗透率',
  '付费率',
  '复购率',
];
const USERS = ['用户量', '用户数', '访客数', '人数'];
const COUNTS = ['访问量', '浏览量', '点击量', '次数'];

// Views of a page per visit end like views of a page.
const AVERAGES = /^(人均|平均|次均|日均|每次|每人|每日)|(人均|平均)/;

/** Given a metric's name as the user wrote it, return what it measures: all that GrowingIO says about it is the name. */
export function unitOf(name: string): Unit {
  const endsIn = (words: readonly string[]) => words.some((word) => name.endsWith(word));
  if (endsIn(RATES)) return 'FRACTION';
  // Lengths of visits, too: whether they are in seconds is not said.
  if (AVERAGES.test(name)) return 'NUMBER';
  if (endsIn(USERS)) return 'DISTINCT_COUNT';
  return endsIn(COUNTS) ? 'COUNT' : 'NUMBER';
}
