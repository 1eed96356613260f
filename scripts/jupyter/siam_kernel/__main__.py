"""`python -m siam_kernel -f CONNECTION_FILE`"""

import sys


def main():
    try:
        from ipykernel.kernelapp import IPKernelApp
    except ImportError:
        sys.exit(f"siam: the kernel needs ipykernel: {sys.executable} -m pip install ipykernel")
    from .kernel import SiamKernel

    IPKernelApp.launch_instance(kernel_class=SiamKernel)


if __name__ == "__main__":
    main()
