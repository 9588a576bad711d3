/** What a kept file is. */
export interface FileKind {
  readonly type: string
  readonly extension: string
  readonly group: 'image' | 'voice' | 'video' | 'document'
  /** Whether a page may show it. Everything else is only saved. */
  readonly shown: boolean
}

const kind = (type: string, extension: string, group: FileKind['group'], shown = false): FileKind => ({
  type,
  extension,
  group,
  shown,
})

const JPEG = kind('image/jpeg', 'jpg', 'image', true)
const PNG = kind('image/png', 'png', 'image', true)
const GIF = kind('image/gif', 'gif', 'image', true)
const WEBP = kind('image/webp', 'webp', 'image', true)
const HEIC = kind('image/heic', 'heic', 'image')
const OGG = kind('audio/ogg', 'ogg', 'voice')
const MP3 = kind('audio/mpeg', 'mp3', 'voice')
const AMR = kind('audio/amr', 'amr', 'voice')
const SILK = kind('audio/silk', 'silk', 'voice')
const WAV = kind('audio/wav', 'wav', 'voice')
const M4A = kind('audio/mp4', 'm4a', 'voice')
const MP4 = kind('video/mp4', 'mp4', 'video')
const MOV = kind('video/quicktime', 'mov', 'video')
const PDF = kind('application/pdf', 'pdf', 'document')
const OPEN_XML = 'application/vnd.openxmlformats-officedocument'
const DOCX = kind(`${OPEN_XML}.wordprocessingml.document`, 'docx', 'document')
const XLSX = kind(`${OPEN_XML}.spreadsheetml.sheet`, 'xlsx', 'document')
const PPTX = kind(`${OPEN_XML}.presentationml.presentation`, 'pptx', 'document')
/** Word, Excel and PowerPoint before 2007 share one container. */
const OLE = kind('application/x-ole-storage', 'doc', 'document')

const ALL = [JPEG, PNG, GIF, WEBP, HEIC, OGG, MP3, AMR, SILK, WAV, M4A, MP4, MOV, PDF, DOCX, XLSX, PPTX, OLE]

/** What stands where in the first bytes of a file, as Latin-1; the first that fits. */
const BEGINNINGS: readonly (readonly [FileKind, ...(readonly [number, string])[]])[] = [
  [JPEG, [0, '\xff\xd8\xff']],
  [PNG, [0, '\x89PNG\r\n\x1a\n']],
  [GIF, [0, 'GIF87a']],
  [GIF, [0, 'GIF89a']],
  [WEBP, [0, 'RIFF'], [8, 'WEBP']],
  [WAV, [0, 'RIFF'], [8, 'WAVE']],
  [HEIC, [4, 'ftyphei']],
  [HEIC, [4, 'ftyphevc']],
  [HEIC, [4, 'ftypmif1']],
  [M4A, [4, 'ftypM4A ']],
  [MOV, [4, 'ftypqt  ']],
  [MP4, [4, 'ftyp']],
  [OGG, [0, 'OggS']],
  [MP3, [0, 'ID3']],
  [MP3, [0, '\xff\xfb']],
  [MP3, [0, '\xff\xf3']],
  [AMR, [0, '#!AMR']],
  [SILK, [0, '#!SILK_V3']],
  [SILK, [0, '\x02#!SILK_V3']],
  [PDF, [0, '%PDF-']],
  [OLE, [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']],
]
const ZIP = 'PK\x03\x04'
/** Parts of the three kinds of Office files, as the names in the archive stand; nothing is ever unpacked. */
const OFFICE: readonly (readonly [string, FileKind])[] = [
  ['word/document.xml', DOCX],
  ['xl/workbook.xml', XLSX],
  ['ppt/presentation.xml', PPTX],
]

/**
 * What these bytes are, by what they begin with and never by name or by what the sender says. Null for all that is not
 * taken: web pages, SVG, scripts, programs, archives.
 */
export function kindOfBytes(bytes: Uint8Array): FileKind | null {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = all.subarray(0, 32).toString('latin1')
  const found = BEGINNINGS.find(([, ...signs]) => signs.every(([at, sign]) => head.startsWith(sign, at)))
  if (found) return found[0]
  if (!head.startsWith(ZIP) || !all.includes('[Content_Types].xml')) return null
  return OFFICE.find(([part]) => all.includes(part))?.[1] ?? null
}

/** The kind of a file that was kept with this type. */
export const kindOfType = (type: string): FileKind | null => ALL.find((one) => one.type === type) ?? null
