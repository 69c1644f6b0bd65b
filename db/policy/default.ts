/** The programme of an installation that names none; apart from the packs, which a Worker does not carry. */
export const DEFAULT_PROGRAMME = 'guiyang-2018'
