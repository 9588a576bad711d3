import { describe, expect, it } from 'vitest'
import { maskIdNumber, maskName, maskPhone, maskText } from './masking.js'

describe('masking', () => {
  it.each([
    ['13812345678', '138****5678'],
    ['+86 138 1234 5678', '138****5678'],
    ['138-1234-5678', '138****5678'],
    ['0574-87654321', '057*****4321'],
    ['12345', '*****'],
    ['', ''],
  ])('phone %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked))

  it('identity number', () => expect(maskIdNumber('33020419900307123X')).toBe('330***********123X'))

  it.each([
    ['王小明', '王**'],
    ['欧阳修', '欧阳*'],
    ['欧阳', '欧*'],
    ['李', '*'],
    ['', ''],
    ['😀小王', '😀**'],
  ])('name %s', (name, masked) => expect(maskName(name)).toBe(masked))

  it.each([
    ['王姐电话13812345678，找她', '王姐电话138****5678，找她'],
    ['打138 1234 5678或者0574-87654321', '打138****5678或者057*****4321'],
    ['１３８１２３４５６７８', '１３８****５６７８'],
    ['身份证33020419900307123x', '身份证330***********123x'],
    ['卡号6222 0212 3456 7890 123', '卡号6222***********0123'],
  ])('within words: %s', (text, masked) => expect(maskText(text)).toBe(masked))

  it.each([
    '3幢2单元501 FD-202611-0001',
    '3-2-501',
    '2026-11-22 09:14',
    '12345热线',
    '浙B12345',
    '1763800000000',
    '330204001-202611-0001',
  ])('leaves %s', (text) => expect(maskText(text)).toBe(text))
})
