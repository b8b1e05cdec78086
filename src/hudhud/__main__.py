"""`python -m hudhud` is the command `hudhud`."""

from hudhud.cli.entry import main

if __name__ == "__main__":
    main()
