"""System calls that an asset's process is denied, by number: x86_64 and aarch64.

Source: asm/unistd_64.h and asm-generic/unistd.h of Linux 6.1. Numbers from 424 on are the same everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Calls:
    """What the filter has to know of one kind of processor."""

    audit_arch: int
    """AUDIT_ARCH_* of linux/audit.h: a call by another convention is denied."""
    denied: Mapping[str, int]
    """Refused whatever the arguments."""
    writes: Mapping[str, int]
    """Refused to who may not write: they change names, owners, times or lengths of files."""
    clone: int
    openat: int
    prlimit64: int
    open: int | None = None
    signals: tuple[int, ...] = ()
    """kill, tgkill: allowed on oneself, as abort() does it."""


_EVERYWHERE = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "pidfd_open": 434, "pidfd_getfd": 438,
    "process_madvise": 440, "mount_setattr": 442,
}  # fmt: skip

UNKNOWN_HERE = {"clone3": 435, "openat2": 437}
"""Answered as by a kernel that lacks them: their arguments can't be looked at, and libraries have older calls."""

X86_64 = Calls(
    audit_arch=0xC000003E,
    denied=_EVERYWHERE | {
        "shmget": 29, "shmat": 30, "socket": 41, "connect": 42, "accept": 43, "sendto": 44, "sendmsg": 46, "bind": 49,
        "listen": 50, "socketpair": 53, "fork": 57, "vfork": 58, "execve": 59, "semget": 64, "msgget": 68,
        "ptrace": 101, "rt_sigqueueinfo": 129, "personality": 135, "setpriority": 141, "modify_ldt": 154,
        "pivot_root": 155, "setrlimit": 160, "chroot": 161, "mount": 165, "umount2": 166, "reboot": 169, "iopl": 172,
        "ioperm": 173, "init_module": 175, "delete_module": 176, "tkill": 200, "mq_open": 240, "kexec_load": 246,
        "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272, "accept4": 288, "rt_tgsigqueueinfo": 297,
        "perf_event_open": 298, "open_by_handle_at": 304, "sendmmsg": 307, "setns": 308, "process_vm_readv": 310,
        "process_vm_writev": 311, "finit_module": 313, "memfd_create": 319, "kexec_file_load": 320, "bpf": 321,
        "execveat": 322, "userfaultfd": 323,
    },
    writes={
        "truncate": 76, "ftruncate": 77, "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86, "unlink": 87,
        "symlink": 88, "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94, "utime": 132, "mknod": 133,
        "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "removexattr": 197, "lremovexattr": 198,
        "fremovexattr": 199, "utimes": 235, "mkdirat": 258, "mknodat": 259, "fchownat": 260, "futimesat": 261,
        "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266, "fchmodat": 268, "utimensat": 280,
        "fallocate": 285, "renameat2": 316, "fchmodat2": 452,
    },
    clone=56,
    openat=257,
    prlimit64=302,
    open=2,
    signals=(62, 234),
)  # fmt: skip

AARCH64 = Calls(
    audit_arch=0xC00000B7,
    denied=_EVERYWHERE | {
        "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "personality": 92, "unshare": 97,
        "kexec_load": 104, "init_module": 105, "delete_module": 106, "ptrace": 117, "tkill": 130,
        "rt_sigqueueinfo": 138, "setpriority": 140, "reboot": 142, "setrlimit": 164, "mq_open": 180, "msgget": 186,
        "semget": 190, "shmget": 194, "shmat": 196, "socket": 198, "socketpair": 199, "bind": 200, "listen": 201,
        "accept": 202, "connect": 203, "sendto": 206, "sendmsg": 211, "add_key": 217, "request_key": 218,
        "keyctl": 219, "execve": 221, "rt_tgsigqueueinfo": 240, "perf_event_open": 241, "accept4": 242,
        "open_by_handle_at": 265, "setns": 268, "sendmmsg": 269, "process_vm_readv": 270, "process_vm_writev": 271,
        "finit_module": 273, "memfd_create": 279, "bpf": 280, "execveat": 281, "userfaultfd": 282,
        "kexec_file_load": 294,
    },
    writes={
        "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "removexattr": 14, "lremovexattr": 15, "fremovexattr": 16,
        "mknodat": 33, "mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "truncate": 45,
        "ftruncate": 46, "fallocate": 47, "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55, "utimensat": 88,
        "renameat2": 276, "fchmodat2": 452,
    },
    clone=220,
    openat=56,
    prlimit64=261,
    signals=(129, 131),
)  # fmt: skip

CALLS: Mapping[str, Calls] = {"x86_64": X86_64, "aarch64": AARCH64}
"""platform.machine() -> what its filter has to know."""
