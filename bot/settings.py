"""Environment → `Settings`. Nothing is read at import; secrets never show in text."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import ArgumentError

from bot.db.engine import database_address

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


class Settings(BaseSettings):
    """What the environment says, checked. Field names are the variables' names in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    database_url: Annotated[str, AfterValidator(_supported_database)] = "sqlite:///pacesetter.db"
    slack_bot_token: Annotated[SecretStr, _token("xox")] | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: Annotated[SecretStr, _token("xapp-")] | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_state_secret: SecretStr | None = None
    slack_api_url: Annotated[str, AfterValidator(_base_address)] = "https://slack.com/api/"
    token_keys: SecretStr | None = None
    port: int = Field(3000, ge=0, le=65_535)
    host: str = "127.0.0.1"
    log_level: Literal["debug", "info", "warning", "error", "critical"] = "info"
    log_format: Literal["console", "json"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _fold_case(cls, values: dict[str, object]) -> dict[str, object]:
        """`LOG_LEVEL=INFO` is as good as `info`."""
        for name in ("log_level", "log_format"):
            value = values.get(name)
            if isinstance(value, str):
                values[name] = value.lower()
        return values


def load_settings() -> Settings:
    """Reads the environment and `.env`.

    Raises `ConfigurationError` with one sentence for each variable that is missing or malformed.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigurationError([_sentence(problem) for problem in error.errors()]) from None


def require_for_serving(settings: Settings) -> None:
    """What `run` and `web` can't start without: a bot token, and a way to receive requests."""
    missing = []
    if settings.slack_bot_token is None:
        missing.append("SLACK_BOT_TOKEN is missing: copy it from your Slack app's page.")
    if settings.slack_signing_secret is None and settings.slack_app_token is None:
        missing.append(
            "SLACK_SIGNING_SECRET is missing: set it for HTTP, or SLACK_APP_TOKEN for Socket Mode."
        )
    if missing:
        raise ConfigurationError(missing)


def require_for_working(settings: Settings) -> None:
    """What `worker` can't start without, and `web` neither beside what serving needs."""
    missing = []
    if settings.slack_bot_token is None:
        missing.append("SLACK_BOT_TOKEN is missing: copy it from your Slack app's page.")
    if database_address(settings.database_url).get_backend_name() != "postgresql":
        missing.append(
            "DATABASE_URL must be a PostgreSQL (postgresql://…) for `web` and `worker`; "
            "on SQLite, `pacesetter run` is the whole bot."
        )
    if missing:
        raise ConfigurationError(missing)


def _sentence(problem: object) -> str:
    details = dict(problem)  # type: ignore[call-overload]  # pydantic's ErrorDetails
    variable = str(details["loc"][0]).upper()
    what = str(details["msg"]).removeprefix("Value error, ").replace("Input should", "must")
    return f"{variable} {what}." if what.startswith("must") else f"{variable}: {what}."
