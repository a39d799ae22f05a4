"""Statements of a transaction that is one workspace's: each is tied to it as it is compiled.

Every table that a statement reads, changes or removes rows of gets `workspace_id = :own_workspace`,
which the transaction alone fills in: who writes a query has nothing to remember. Where a query says
the workspace itself, that is compared with the transaction's, and so is each row that is inserted.
Compiled once a statement, it costs nothing later; what can't be tied is refused.
"""

import copy
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Alias,
    BinaryExpression,
    BindParameter,
    ColumnElement,
    Dialect,
    FromClause,
    Join,
    String,
    Table,
    and_,
    bindparam,
)
from sqlalchemy.sql.elements import BooleanClauseList
from sqlalchemy.sql.operators import and_ as AND  # noqa: N812  an operator, as SQLAlchemy has it
from sqlalchemy.sql.operators import eq
from sqlalchemy.sql.selectable import FromGrouping

OWN: Final = "own_workspace"
"""The bound parameter that is the transaction's workspace."""


class OutOfReach(Exception):
    """A statement reaches, or might reach, further than its transaction was opened for."""


def tied(dialect: Dialect) -> Dialect:
    """The dialect whose statements are tied to a workspace; SQLAlchemy caches them apart."""
    known = _TIED.get(dialect)
    if known is None:
        plain: Any = dialect
        known = _TIED[dialect] = copy.copy(dialect)
        known.statement_compiler = _compiler(plain.statement_compiler)
        known.execution_ctx_cls = _context(plain.execution_ctx_cls)
    return known


_TIED: WeakKeyDictionary[Dialect, Dialect] = WeakKeyDictionary()


def require_own(own: object, said: Iterable[object]) -> None:
    """Raises OutOfReach where a statement has said another workspace than its transaction's."""
    for value in said:
        if value != own:
            raise OutOfReach(f"the transaction is {own}'s; a statement was given {value!r}")


class Ties:
    """What a compiler does more; before SQLAlchemy's own in the order of classes."""

    compared: tuple[str, ...] = ()
    """Names of bound parameters that have to be the transaction's workspace."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._own: BindParameter[str] = bindparam(OWN, type_=String())
        self._said: list[BindParameter[Any]] = []
        self._known: set[FromClause] = set()
        super().__init__(*arguments, **options)
        names: dict[BindParameter[Any], str] = getattr(self, "bind_names", {})
        self.compared += tuple(names[said] for said in self._said if said in names)

    def _compose_select_body(
        self, text: str, select: Any, state: Any, columns: Any, froms: Sequence[Any], *rest: Any
    ) -> str:
        """`froms` leaves out what an outer statement has tied already."""
        leaves = [leaf for each in froms for leaf in _leaves(each)]
        said = [*select._where_criteria, *(on for each in froms for on in _inner_conditions(each))]
        tied_down = select.where(*self._conditions(leaves, said))
        body: str = super()._compose_select_body(text, tied_down, state, columns, froms, *rest)  # type: ignore[misc]
        return body

    def visit_join(self, join: Join, **options: Any) -> str:
        """An outer join's right side is tied where it is joined, or rows would vanish."""
        if join.full:
            raise OutOfReach("a full join can't be tied to a workspace")
        if join.isouter:
            on: Any = join.onclause
            ties = self._conditions(list(_leaves(join.right)), [on])
            join = Join(join.left, join.right, and_(on, *ties), isouter=True)
        text: str = super().visit_join(join, **options)  # type: ignore[misc]
        return text

    def visit_update(self, statement: Any, **options: Any) -> str:
        text: str = super().visit_update(self._narrowed(statement), **options)  # type: ignore[misc]
        return text

    def visit_delete(self, statement: Any, **options: Any) -> str:
        text: str = super().visit_delete(self._narrowed(statement), **options)  # type: ignore[misc]
        return text

    def visit_insert(self, statement: Any, **options: Any) -> str:
        self._filled: Table = statement.table
        self._known.add(self._filled)
        if statement.select is None:
            self.compared += (_workspace_column(statement.table).name,)
        text: str = super().visit_insert(statement, **options)  # type: ignore[misc]
        return text

    def visit_on_conflict_do_update(self, conflict: Any, **options: Any) -> str:
        """Keys that leave the workspace out may meet another's row: it stays as it is."""
        narrowed, before = copy.copy(conflict), conflict.update_whereclause
        own = _workspace_column(self._filled) == self._own
        narrowed.update_whereclause = own if before is None else and_(before, own)
        text: str = super().visit_on_conflict_do_update(narrowed, **options)  # type: ignore[misc]
        return text

    def visit_table(self, table: Any, asfrom: bool = False, **options: Any) -> str:
        """The last look: whatever else SQLAlchemy does, no table is read that isn't tied."""
        if asfrom and table not in self._known:
            raise OutOfReach(f"{table.name} is not tied to a workspace here")
        text: str = super().visit_table(table, asfrom=asfrom, **options)  # type: ignore[misc]
        return text

    def visit_textclause(self, clause: Any, **_options: Any) -> str:
        raise OutOfReach(f"what a text reads can't be known: {clause.text}")

    def _narrowed(self, statement: Any) -> Any:
        said = list(statement._where_criteria)
        return statement.where(*self._conditions([statement.table], said))

    def _conditions(
        self, leaves: Iterable[FromClause], said: Iterable[Any]
    ) -> list[ColumnElement[bool]]:
        """One for each table for which `said`, what holds for each row anyway, has none."""
        equals = [each for part in said for each in _conjuncts(part) if _is_equality(each)]
        return [
            _workspace_column(leaf) == self._own
            for leaf in leaves
            if not self._is_said(leaf, equals)
        ]

    def _is_said(self, leaf: FromClause, equals: Iterable[BinaryExpression[Any]]) -> bool:
        self._known.add(leaf.element if isinstance(leaf, Alias) else leaf)
        column = _workspace_column(leaf)
        for each in equals:
            if each.left is column and isinstance(each.right, BindParameter):
                self._said.append(each.right)
                return True
        return False


class _Compares:
    """What an execution does more: it fills in the workspace, and compares what was said."""

    @classmethod
    def _init_compiled(
        cls,
        dialect: Any,
        connection: Any,
        raw: Any,
        options: Any,
        compiled: Any,
        *rest: Any,
        param_dict: Any = None,
        **more: Any,
    ) -> Any:
        own = options["reach"]
        own_dict = param_dict  # SAVEPOINT and the like take no values
        if compiled._collect_params:  # a list of VALUES: compiled for this once, with all it takes
            compiled._collected_params = {**compiled._collected_params, OWN: own}
        elif OWN in compiled.binds:
            own_dict = {**(param_dict or {}), OWN: own}
        context = super()._init_compiled(  # type: ignore[misc]
            dialect, connection, raw, options, compiled, *rest, param_dict=own_dict, **more
        )
        if compiled.compared:
            for given in context.compiled_parameters:
                require_own(own, (given.get(name) for name in compiled.compared))
        return context


@lru_cache(maxsize=8)
def _compiler(base: Any) -> Any:
    return type(f"Tied{base.__name__}", (Ties, base), {})


@lru_cache(maxsize=8)
def _context(base: Any) -> Any:
    return type(f"Tied{base.__name__}", (_Compares, base), {})


def _workspace_column(table: FromClause) -> ColumnElement[str]:
    named = table.c.get("workspace_id")
    return table.c.id if named is None else named


def _leaves(source: Any) -> Iterator[FromClause]:
    """The tables among what is read whose rows a condition of the whole may leave out.

    A subquery has been tied itself, and so is the right side of an outer join, where it is joined.
    """
    if isinstance(source, FromGrouping):
        yield from _leaves(source.element)
    elif isinstance(source, Join):
        yield from _leaves(source.left)
        if not source.isouter:
            yield from _leaves(source.right)
    elif isinstance(source, Table) or (
        isinstance(source, Alias) and isinstance(source.element, Table)
    ):
        yield source


def _inner_conditions(source: Any) -> Iterator[Any]:
    if isinstance(source, FromGrouping):
        yield from _inner_conditions(source.element)
    elif isinstance(source, Join):
        yield from _inner_conditions(source.left)
        if not source.isouter:
            yield source.onclause
            yield from _inner_conditions(source.right)


def _conjuncts(condition: Any) -> Iterator[Any]:
    if isinstance(condition, BooleanClauseList) and condition.operator is AND:
        for each in condition.clauses:
            yield from _conjuncts(each)
    else:
        yield condition


def _is_equality(condition: Any) -> bool:
    return isinstance(condition, BinaryExpression) and condition.operator is eq
