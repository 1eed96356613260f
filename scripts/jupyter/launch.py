"""What the kernel's specification starts: the package lies beside this file."""

from siam_kernel.__main__ import main

main()
