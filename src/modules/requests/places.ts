const PUBLIC_PLACE =
  /门口|大门|[东南西北]门|广场|车库|地库|地下|路口|马路|河边|花园|绿化|凉亭|游乐|滑梯|健身|停车场|车棚|垃圾房|垃圾桶|活动室|食堂|菜场|小区里|小区的|架空层|儿童乐园|围墙|岗亭|保安亭/

/** Whether the words name a place that belongs to nobody's home: then the reporter's own address says nothing. */
export const namesPublicPlace = (text: string): boolean => PUBLIC_PLACE.test(text)
