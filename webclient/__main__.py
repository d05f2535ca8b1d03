"""``python -m webclient`` is ``jamswebclient``."""

from __future__ import annotations

import sys

from webclient.main import main

sys.exit(main())
