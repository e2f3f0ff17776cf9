"""What is left out to save memory is not missed."""

import json
import sys
from urllib.parse import quote

from services.moto_server.http.wire import Answer, Request, WsgiApp, run
from tests.unit.moto_server.requests import authorization


def iam(moto: WsgiApp, body: str) -> Answer:
    headers = {
        "HTTP_HOST": "127.0.0.1:3000",
        "HTTP_AUTHORIZATION": authorization("iam", "us-east-1"),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }
    return run(moto, Request("POST", "/", headers, f"{body}&Version=2010-05-08".encode()))


def test_policies_of_ones_own_are_kept_without_those_of_aws(moto: WsgiApp) -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    document = quote(json.dumps({"Version": "2012-10-17", "Statement": statement}))
    made = iam(moto, f"Action=CreatePolicy&PolicyName=mine&PolicyDocument={document}")
    listed = iam(moto, "Action=ListPolicies")

    assert made.succeeded, made.body
    assert listed.body.count(b"<PolicyName>") == 1
    assert b"<PolicyName>mine</PolicyName>" in listed.body
    # Five megabytes otherwise.
    assert len(sys.modules["moto.iam.aws_managed_policies"].aws_managed_policies_data) < 1000
