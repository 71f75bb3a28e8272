/** An element of the pages that somebody circled. */
export interface Rule {
  readonly id: string;
  /** Not unique: name and type together are. */
  readonly name: string;
  readonly type: 'page' | 'imp' | 'clck' | 'chng' | 'sbmt';
}

/** Every rule. */
export const RULES: readonly Rule[] = [
  { id: 'f2503720', name: '首页', type: 'page' },
  { id: '0a91c4de', name: '付费墙', type: 'imp' },
  { id: '5b7e2f10', name: '注册按钮', type: 'clck' },
  { id: '00471300', name: '注册', type: 'page' },
  { id: '9c3d8e44', name: '注册', type: 'sbmt' },
  { id: '7d20b6fa', name: '搜索框', type: 'chng' },
  { id: 'e81f0593', name: '购买, 立即开通', type: 'clck' },
  { id: '3f6a9b2c', name: 'Banner "Spring, 2024"', type: 'imp' },
];
