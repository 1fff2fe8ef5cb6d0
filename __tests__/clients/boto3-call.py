"""One call of boto3, without credentials: region, endpoint, operation, request in JSON. Prints the answer in JSON."""
import json
import re
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config

_, region, endpoint, operation, request = sys.argv
client = boto3.client(
    "cognito-idp", region_name=region, endpoint_url=endpoint, config=Config(signature_version=UNSIGNED)
)
method = re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
answer = getattr(client, method)(**json.loads(request))
answer.pop("ResponseMetadata", None)
print(json.dumps(answer, default=str))
