/** Somebody of the demo community whom the sandbox lets you play. */
export interface DemoPerson {
  /** Account id on the sandbox channel. */
  readonly id: string
  /** How the group knows them. */
  readonly name: string
  /** Name in the roster; null for the stranger, whom no roster knows. */
  readonly fullName: string | null
  readonly staffNo: string | null
  /** As the people picker shows it. */
  readonly roleLabel: string
  /** What the roster's role column says; null for the stranger. */
  readonly role: 'resident' | 'worker' | 'coordinator' | 'manager' | 'officer' | 'surveyor' | null
  /** Building, unit and room. */
  readonly home: readonly [string, string, string] | null
  /** Home as people say it. */
  readonly homeLabel: string
  /** Sandbox groups they are in. */
  readonly groups: readonly string[]
  /** They have written to the bot in private, so it may write to them. */
  readonly hasPrivateChat: boolean
}

export const GROUPS = {
  first: 'group:residents-1',
  second: 'group:residents-2',
  workers: 'group:workers',
  subdistrict: 'group:subdistrict',
} as const

const { first, second, workers, subdistrict } = GROUPS

function staff(
  id: string,
  name: string,
  staffNo: string,
  role: 'worker' | 'coordinator' | 'manager' | 'officer' | 'surveyor',
  roleLabel: string,
  groups: readonly string[],
): DemoPerson {
  return {
    id,
    name,
    fullName: name,
    staffNo,
    roleLabel,
    role,
    home: null,
    homeLabel: '',
    groups,
    hasPrivateChat: true,
  }
}

function resident(
  id: string,
  name: string,
  fullName: string,
  home: readonly [string, string, string],
  group: string,
  hasPrivateChat: boolean,
): DemoPerson {
  const homeLabel = `${home[0]}幢${home[1]}单元${home[2]}`
  const groups = [group]
  return {
    id,
    name,
    fullName,
    staffNo: null,
    roleLabel: '居民',
    role: 'resident',
    home,
    homeLabel,
    groups,
    hasPrivateChat,
  }
}

/** The people of the demo; 老周 and 大伟 never opened a private chat, so that a mention in the group is seen. */
export const demoPeople: readonly DemoPerson[] = [
  resident('resident-aili', '爱丽', '张爱丽', ['3', '2', '501'], first, true),
  resident('resident-abo', '阿波', '沈波', ['7', '1', '302'], first, true),
  resident('resident-liayi', '李阿姨', '李秀珍', ['3', '1', '201'], first, true),
  resident('resident-laozhou', '老周', '周德林', ['3', '2', '802'], first, false),
  resident('resident-xiaochen', '小陈', '陈思远', ['5', '1', '601'], first, true),
  resident('resident-azhen', '阿珍', '徐佩珍', ['2', '2', '402'], first, true),
  resident('resident-sunshu', '孙叔', '孙国梁', ['8', '1', '502'], first, true),
  resident('resident-xiaolin', '小林', '林晓', ['12', '1', '301'], second, true),
  resident('resident-wujie', '吴姐', '吴雅琴', ['13', '2', '402'], second, true),
  resident('resident-laoma', '老马', '马兴华', ['15', '1', '501'], second, true),
  resident('resident-hejie', '何姐', '何燕飞', ['16', '1', '602'], second, true),
  resident('resident-dawei', '大伟', '童大伟', ['17', '1', '402'], second, false),
  staff('worker-wangfang', '王芳', 'W01', 'worker', '第一网格社工', [first, workers]),
  staff('worker-liqiang', '李强', 'W02', 'worker', '第二网格社工', [first, workers]),
  staff('worker-zhangmin', '张敏', 'W03', 'worker', '第三网格社工', [second, workers]),
  staff('worker-chenjun', '陈军', 'W04', 'worker', '第四网格社工', [second, workers]),
  staff('worker-liuyang', '刘洋', 'W05', 'coordinator', '协管员', [workers]),
  staff('manager-chen', '陈主任', 'M01', 'manager', '社区主任', [first, second, workers, subdistrict]),
  staff('officer-zhou', '周科长', 'J01', 'officer', '街道干部', [subdistrict]),
  staff('surveyor-liming', '李明', 'S01', 'surveyor', '第三方调查员', []),
  {
    id: 'stranger',
    name: '路人',
    fullName: null,
    staffNo: null,
    roleLabel: '未登记的人',
    role: null,
    home: null,
    homeLabel: '',
    groups: [first, workers],
    hasPrivateChat: false,
  },
]
