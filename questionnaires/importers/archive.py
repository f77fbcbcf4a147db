"""A spreadsheet's zip, looked through before anything in it is read: sizes as declared and as they are."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from questionnaires.importers.limits import LARGEST_UNPACKED, MOST_PACKED, CannotImport

_ENCRYPTED = 0x1
_AT_ONCE = 65_536
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_DEFINES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


def refuse_unsafe(content: bytes) -> None:
    """A spreadsheet unpacks to a bounded size, and its XML defines nothing of its own.

    Raises: CannotImport.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_PACKED:
                raise CannotImport(f"the spreadsheet packs too many files; expected at most {MOST_PACKED:,}")
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise _too_large()
            left = LARGEST_UNPACKED
            for member in members:
                left -= _size_of_safe(archive, member, left)
    except CannotImport:
        raise
    except Exception as error:
        # What is damaged ends in any error of the zip, or of what it was packed with.
        raise CannotImport("this is not an .xlsx spreadsheet, or it is damaged") from error


def _size_of_safe(archive: ZipFile, member: ZipInfo, most: int) -> int:
    """How long a packed file really is, once it is known to be harmless."""
    if member.flag_bits & _ENCRYPTED:
        raise CannotImport("the spreadsheet is locked with a password; save it without one")
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise CannotImport("the spreadsheet is packed in an unusual way; save it anew as .xlsx")
    size, before = 0, b""
    with archive.open(member) as packed:
        while piece := packed.read(_AT_ONCE):
            size += len(piece)
            if size > most:
                raise _too_large()
            if not before:
                _refuse_odd_encoding(piece)
            # What was cut in two is looked for where the pieces meet.
            if _DEFINES.search(before[-64:] + piece):
                raise CannotImport("the spreadsheet holds XML that defines entities; expected none")
            before = piece
    return size


def _refuse_odd_encoding(start: bytes) -> None:
    """XML is UTF-8, so that a search for what it must not hold finds it."""
    if not start[:8].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        return
    declaration = start.partition(b"?>")[0] if b"<?xml" in start[:16] else b""
    declared = _ENCODING.search(declaration)
    if b"\0" in start or (declared and declared[1].lower() not in _UTF8):
        raise CannotImport("the spreadsheet holds XML that is not UTF-8; save it anew")


def _too_large() -> CannotImport:
    return CannotImport(f"the spreadsheet unpacks to too much; expected at most {LARGEST_UNPACKED:,} bytes")
