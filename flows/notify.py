"""A run that failed in, a word to those who asked for it out, by a notification block of Prefect: webhook, mail, chat.

The block is made once on the server (`prefect block`, or its page) and named in GONGKAI_NOTIFY as `type/name`, such as
`custom-webhook/night`. Without that name nobody is told; a block that cannot be loaded is said in the log of the run.
"""

import os
from typing import Any

from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.core import Block
from prefect.client.schemas.objects import FlowRun, State
from prefect.flows import Flow

ADDRESS = "GONGKAI_NOTIFY"


async def tell(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Hook of a flow: says which run failed and why, and that the published tables are those of the last good run."""
    address = os.environ.get(ADDRESS, "")
    if not address:
        return
    block: Block = await Block.aload(address)
    if not isinstance(block, NotificationBlock):
        raise TypeError(f"{ADDRESS}={address} is no notification block but {type(block).__name__}")
    said = f"{flow.name} {flow_run.name}: {state.name}. {state.message or ''}"
    body = f"{said}\nNothing was published; the last good tables stay."
    await block.notify(body, subject=f"{flow.name} {state.name}")
