"""Where names and numbers can be looked up while somebody types them. Declares no operation."""

from __future__ import annotations

from .catalogue import Offer, Start

FOLDER_NAMES = Offer("get_folder_children", "qualifiedName", within="qualified_name")
JOB_NAMES = Offer("find_jobs", "qualifiedName")
VARIABLE_NAMES = Offer("find_variables", "qualifiedName")
AGENT_NAMES = Offer("list_agents", "agentName")
METHOD_NAMES = Offer("list_methods", "methodName")

ENTRY = {"id": Offer("find_entries", "jamsEntry")}
FOLDER = {"name": FOLDER_NAMES}
JOB = {"name": JOB_NAMES}
VARIABLE = {"name": VARIABLE_NAMES}
AGENT = {"name": AGENT_NAMES}
PARENT = {"parent_folder_name": FOLDER_NAMES}

SUBMITTED = Start(number="jamsEntry", wait="wait_for_entry", log="get_entry_log")
RUN_AGAIN = Start(number="id", wait="wait_for_entry", log="get_entry_log")
