"""Microsoft's Python SDK against the simulator: docs/simulator.md, "Real clients".

Reads the line that the simulator prints at its start, and takes the root to trust from SSL_CERT_FILE.
"""

import asyncio
import json
import sys
import urllib.request

from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from msgraph import GraphServiceClient
from msgraph.generated.devices.devices_request_builder import DevicesRequestBuilder
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.reference_create import ReferenceCreate
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph_core import PageIterator
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem
from msgraph_core.requests.batch_request_builder import BatchRequestBuilder


async def main(simulator: dict) -> None:
    https = simulator["https"]
    credential = ClientSecretCredential(
        simulator["tenantId"],
        simulator["clientId"],
        simulator["clientSecret"],
        authority=https["authorityUrl"],
        disable_instance_discovery=True,
    )
    authentication = AzureIdentityAuthenticationProvider(
        credential, scopes=["https://graph.microsoft.com/.default"], allowed_hosts=["localhost", "127.0.0.1"]
    )
    adapter = GraphRequestAdapter(authentication)
    adapter.base_url = f"{https['graphUrl']}/v1.0"
    graph = GraphServiceClient(request_adapter=adapter)

    groups = await graph.groups.get()
    group = next(one for one in groups.value if not one.group_types and one.security_enabled and not one.mail_enabled)
    print("token and list:", group.display_name)

    query = DevicesRequestBuilder.DevicesRequestBuilderGetQueryParameters(select=["id", "deviceId"], top=50)
    first = await graph.devices.get(request_configuration=RequestConfiguration(query_parameters=query))
    devices = []
    await PageIterator(first, adapter).iterate(lambda device: devices.append(device.id) or True)
    print("pages:", len(set(devices)), "devices")

    delta = await graph.devices.delta.get()
    seen = len(delta.value)
    while delta.odata_next_link:
        delta = await graph.devices.delta.with_url(delta.odata_next_link).get()
        seen += len(delta.value)
    print("delta:", seen, "devices")

    members = graph.groups.by_group_id(group.id).members
    reference = ReferenceCreate(odata_id=f"{adapter.base_url}/directoryObjects/{devices[0]}")
    try:
        await members.by_directory_object_id(devices[0]).ref.delete()
    except ODataError as error:
        print("not a member:", error.response_status_code, error.error.code)
    await members.ref.post(reference)
    print("$ref: added")
    try:
        await members.ref.post(reference)
    except ODataError as error:
        print("error class:", error.response_status_code, error.error.code, error.error.inner_error.request_id)

    batch = BatchRequestContent()
    for one in (graph.groups.by_group_id(group.id), graph.devices.by_device_id(devices[0])):
        batch.add_request_information(one.to_get_request_information())
    answers = await BatchRequestBuilder(adapter).post(batch)
    print("batch:", [answers.get_response_by_id(one.id).status for one in batch.requests.values()])

    fault = {"face": "graph", "method": "GET", "times": 2, "status": 429, "headers": {"Retry-After": "1"}}
    await asyncio.to_thread(send, f"{simulator['controlUrl']}/faults", fault)
    print("retry:", (await graph.groups.by_group_id(group.id).get()).display_name)

    await credential.close()


def send(url: str, body: dict) -> None:
    headers = {"content-type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers)).close()


asyncio.run(main(json.loads(sys.stdin.readline())))
