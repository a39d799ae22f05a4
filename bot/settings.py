"""Environment → `Settings`. Nothing is read at import; secrets never show in text."""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import ArgumentError

from bot.db.engine import database_address
from bot.files.env_file import Unreadable, wrong_lines

_ENV_FILE: Final = Path(".env")
_OAUTH: Final = ("slack_client_id", "slack_client_secret", "slack_state_secret")
_NAME: Final = re.compile(r"\b[A-Z]+(?:_[A-Z]+)*\b")
_NO_ADDRESS = "must be an address like sqlite:///pacesetter.db or postgresql://…"


class ConfigurationError(Exception):
    """The environment is unusable; `sentences` has one for each variable that is wrong."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def _supported_database(url: str) -> str:
    try:
        address = database_address(url)
    except (ArgumentError, ValueError):  # the latter would quote what may be a password
        raise ValueError(_NO_ADDRESS) from None
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError(_NO_ADDRESS)
    if address.get_backend_name() == "sqlite" and address.database in {None, "", ":memory:"}:
        raise ValueError("must name a file: a database in memory is gone with each command")
    return url


def _base_address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    return url if url.endswith("/") else f"{url}/"


def _token(prefix: str) -> AfterValidator:
    def check(token: SecretStr) -> SecretStr:
        if not token.get_secret_value().startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        return token

    return AfterValidator(check)


def _token_keys(keys: SecretStr) -> SecretStr:
    """Each a Fernet key; a wrong one is told by its position, never shown."""
    from bot.services.installing.keys import MalformedKeys, TokenKeys  # noqa: PLC0415  costs 40 ms

    try:
        TokenKeys.parse(keys.get_secret_value())
    except MalformedKeys as malformed:
        which = ", ".join(f"no. {position}" for position in malformed.positions)
        raise ValueError(
            f"must be Fernet keys with commas between; not one: {which} "
            "(`pacesetter keys generate` makes one)"
        ) from None
    return keys


def _said(sentence: str) -> WrapValidator:
    """Whatever is wrong with a value, in these words rather than the library's."""

    def check(value: object, validated: ValidatorFunctionWrapHandler) -> object:
        try:
            return validated(value)
        except ValidationError:
            raise ValueError(sentence) from None

    return WrapValidator(check)


_Port = Annotated[
    int, Field(ge=0, le=65_535), _said("must be a whole number from 1 to 65535, such as 3000")
]  # 0 is for tests: any that is free


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """The app that workspaces install, and the keys that their tokens are kept with."""

    client_id: str
    client_secret: str = field(repr=False)
    state_secret: str = field(repr=False)
    token_keys: str = field(repr=False)


class Settings(BaseSettings):
    """What the environment says, checked. Field names are the variables' names in lower case."""

    model_config = SettingsConfigDict(
        env_file=_ENV_FILE, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    database_url: Annotated[str, AfterValidator(_supported_database)] = "sqlite:///pacesetter.db"
    slack_bot_token: Annotated[SecretStr, _token("xox")] | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: Annotated[SecretStr, _token("xapp-")] | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_state_secret: SecretStr | None = None
    slack_api_url: Annotated[str, AfterValidator(_base_address)] = "https://slack.com/api/"
    token_keys: Annotated[SecretStr, AfterValidator(_token_keys)] | None = None
    port: _Port = 3000
    host: str = "127.0.0.1"
    worker_port: _Port | None = None
    commands_per_minute: Annotated[
        int, Field(ge=0), _said("must be a whole number, such as 60; 0 is for any number")
    ] = 60
    log_level: Literal["debug", "info", "warning", "error", "critical"] = "info"
    log_format: Literal["console", "json"] | None = None

    @property
    def oauth(self) -> OAuthApp | None:
        """Installing by any workspace; None unless all that it takes is there."""
        named, keys = self.slack_client_id, self.token_keys
        secret, state = self.slack_client_secret, self.slack_state_secret
        if not named or secret is None or state is None or keys is None:
            return None
        revealed = (each.get_secret_value() for each in (secret, state, keys))
        return OAuthApp(named, *revealed)

    @model_validator(mode="before")
    @classmethod
    def _fold_case(cls, values: dict[str, object]) -> dict[str, object]:
        """`LOG_LEVEL=INFO` is as good as `info`."""
        for name in ("log_level", "log_format"):
            value = values.get(name)
            if isinstance(value, str):
                values[name] = value.lower()
        return values


Requirement = Callable[[Settings], list[str]]
"""What a command can't do without, as a sentence for each variable that is missing."""


def load_settings(*required: Requirement) -> Settings:
    """Reads the environment and `.env`.

    Raises `ConfigurationError` with one sentence for each variable that is malformed, or missing
    for what is required, and each line of `.env` that can't be understood: all of them at once.
    """
    garbled = _garbled_lines()
    malformed: dict[str, str] = {}
    try:
        settings = Settings()
    except ValidationError as error:
        malformed = {str(each["loc"][0]): _sentence(each) for each in error.errors()}
        settings = _without(malformed)
    missing = (sentence for requirement in required for sentence in requirement(settings))
    told = {name.upper() for name in malformed}  # given, if wrongly: not missing, nor advised
    unsaid = [sentence for sentence in missing if told.isdisjoint(_NAME.findall(sentence))]
    if garbled or malformed or unsaid:
        raise ConfigurationError([*garbled, *malformed.values(), *dict.fromkeys(unsaid)])
    return settings


def _garbled_lines() -> list[str]:
    """Of `.env`; what the library that reads it would say of them is left out."""
    logging.getLogger("dotenv").setLevel(logging.CRITICAL)
    try:
        return wrong_lines(_ENV_FILE)
    except Unreadable as unreadable:
        raise ConfigurationError([unreadable.sentence]) from None


def _without(malformed: Iterable[str]) -> Settings:
    """The settings that are sound: the others as if they were not set, whatever they hold."""
    unset = {name: Settings.model_fields[name].default for name in malformed}
    return Settings(**unset)


def needed_for_serving(settings: Settings) -> list[str]:
    """For `run` and `web`: tokens, and a way to receive requests."""
    missing = _missing_tokens(settings, "copy it from your Slack app's page.")
    if settings.slack_signing_secret is None and settings.slack_app_token is None:
        missing.append(
            "SLACK_SIGNING_SECRET is missing: set it for HTTP, or SLACK_APP_TOKEN for Socket Mode."
        )
    return missing


def needed_for_working(settings: Settings) -> list[str]:
    """For `worker`, and for `web` beside what serving needs."""
    missing = _missing_tokens(settings, "copy it from your Slack app's page.")
    if database_address(settings.database_url).get_backend_name() != "postgresql":
        missing.append(
            "DATABASE_URL must be a PostgreSQL (postgresql://…) for `web` and `worker`; "
            "on SQLite, `pacesetter run` is the whole bot."
        )
    return missing


def needed_for_sending(settings: Settings) -> list[str]:
    """For `tick`, unless it sends nothing: a bot token, or OAuth complete."""
    return _missing_tokens(settings, "set it, or use --dry-run to send nothing.")


def _missing_tokens(settings: Settings, advice: str) -> list[str]:
    """OAuth's variables come together; without any of them there must be a bot token."""
    without = [name.upper() for name in _OAUTH if not getattr(settings, name)]
    if len(without) < len(_OAUTH):
        missing = [f"{name} is missing: OAuth needs all of its variables." for name in without]
        if settings.token_keys is None:
            missing.append(
                "TOKEN_KEYS is missing: OAuth keeps tokens encrypted; "
                "`pacesetter keys generate` makes a key."
            )
        return missing
    if settings.slack_bot_token is None:
        return [f"SLACK_BOT_TOKEN is missing: {advice}"]
    return []


def _sentence(problem: object) -> str:
    details = dict(problem)  # type: ignore[call-overload]  # pydantic's ErrorDetails
    variable = str(details["loc"][0]).upper()
    what = str(details["msg"]).removeprefix("Value error, ").replace("Input should", "must")
    return f"{variable} {what}." if what.startswith("must") else f"{variable}: {what}."
