declare module 'opencc-js/dict/TSCharacters' {
  /** `trad simp|trad simp1 simp2|…` */
  const table: string
  export default table
}
