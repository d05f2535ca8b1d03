"""Binds arguments to parameters: by name, by position, and object by object from the pipeline.

The order, the errors and their texts are PowerShell's (about_Parameters, about_Pipelines).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from psprovider.cmdlets.common import ENUMERATIONS, VARIABLES
from psprovider.cmdlets.kinds import NAMESPACE
from psprovider.cmdlets.model import Parameter, Place, Role
from psprovider.endpoint.exceptions import ErrorCategory, ExceptionData, InvocationInfo, PipelineFailed
from psprovider.endpoint.known_errors import (
    binding_error,
    failed_cast,
    failed_enumeration,
    failed_transformation,
    failed_validation,
    variables_not_allowed,
)
from psprovider.endpoint.requests import Argument

from .commands import CommandSpec
from .conversion import ConversionError, convert
from .values import MISSING, filled, get, is_scalar, text, type_names, unwrapped

_DASHES = "-\u2013\u2014\u2015"


@dataclass
class Bound:
    """What has been bound.

    Attributes:
        values: values by parameter name; common parameters among them.
        sets: the parameter sets that are still possible, in order.
    """

    values: dict[str, Any] = field(default_factory=dict)
    sets: list[str] = field(default_factory=list)

    def copy(self) -> Bound:
        """The same, to go on from."""
        return Bound(dict(self.values), list(self.sets))


class Binder:
    """Binds the arguments of one call. Raises PipelineFailed where PowerShell ends the pipeline."""

    def __init__(self, spec: CommandSpec, info: InvocationInfo) -> None:
        self._spec = spec
        self._info = info

    def bind(self, arguments: Sequence[Argument]) -> Bound:
        """Bind what was given with the call."""
        bound = Bound(sets=list(self._spec.sets))
        positional: list[Any] = []
        items = list(arguments)
        at = 0
        while at < len(items):
            name, value = items[at].name, items[at].value
            at += 1
            if name is None:
                positional.append(value)
                continue
            parameter = self._parameter(name)
            typed = name[:1] in _DASHES and not name.rstrip().endswith(":") and value is None
            if parameter.switch:
                value = True if value is None else value
            elif typed:
                if at >= len(items) or items[at].name is not None:
                    raise self._missing_argument(parameter)
                value = items[at].value
                at += 1
            self._take(bound, parameter, value)
        for value in positional:
            self._place(bound, value)
        return bound

    def bind_object(self, bound: Bound, value: Any) -> Bound | None:
        """Bind a piped object, or give None if it fits no parameter."""
        spec = self._spec
        result = bound.copy()
        found = False
        for attempt in (self._exact, self._by_name, self._converted):
            for parameter, name, place in spec.piped:
                if parameter.name in result.values or name not in result.sets:
                    continue
                given = attempt(parameter, place, value)
                if given is MISSING:
                    continue
                result.values[parameter.name] = given
                result.sets = [s for s in result.sets if s in parameter.places]
                found = True
            if found and attempt is self._by_name:
                break
        return result if found else None

    def resolve(self, bound: Bound) -> tuple[str, list[Parameter]]:
        """The parameter set that is meant, and the mandatory parameters it still lacks."""
        lacking = {name: self._lacking(bound, name) for name in bound.sets}
        default = self._spec.default_set
        whole = [name for name, missing in lacking.items() if not missing]
        if default in whole:
            return default, []
        if whole:
            return whole[0], []
        if default in lacking:
            return default, lacking[default]
        if len(lacking) == 1:
            return next(iter(lacking.items()))
        raise self._no_set()

    def missing(self, parameters: Iterable[Parameter]) -> PipelineFailed:
        """The error that mandatory parameters were not given."""
        names = "".join(f" {parameter.name}" for parameter in parameters)
        return self._failure(
            "MissingMandatoryParameter",
            f"Cannot process command because of one or more missing mandatory parameters:{names}.",
            names,
        )

    def unbound(self, value: Any) -> PipelineFailed:
        """The error that a piped object fits nowhere."""
        message = (
            "The input object cannot be bound to any parameters for the command either because the command "
            "does not take pipeline input or the input and its properties do not match any of the parameters "
            "that take pipeline input."
        )
        return self._failure("InputObjectNotBound", message, target=value)

    def fill(self, bound: Bound, parameter: Parameter, value: Any) -> None:
        """Bind a parameter that was asked for."""
        self._take(bound, parameter, value)

    def _parameter(self, name: str) -> Parameter:
        bare = name.strip().rstrip(":").lstrip(_DASHES) if name[:1] in _DASHES else name.strip().rstrip(":")
        wanted = bare.lower()
        exact = self._spec.index.get(wanted)
        if exact is not None:
            return exact
        for parameters in (self._spec.parameters, self._spec.shared):
            found = [p for p in parameters if any(w.lower().startswith(wanted) for w in (p.name, *p.aliases))]
            if len(found) == 1 and wanted:
                return found[0]
            if len(found) > 1 and wanted:
                matches = " ".join(f"-{p.name}" for p in found)
                raise self._failure(
                    "AmbiguousParameter",
                    f"Parameter cannot be processed because the parameter name '{bare}' is ambiguous. "
                    f"Possible matches include: {matches}.",
                    bare,
                )
        raise self._failure(
            "NamedParameterNotFound",
            f"A parameter cannot be found that matches parameter name '{bare}'.",
            bare,
        )

    def _take(self, bound: Bound, parameter: Parameter, value: Any) -> None:
        if parameter.name in bound.values:
            raise self._failure(
                "ParameterAlreadyBound",
                f"Cannot bind parameter because parameter '{parameter.name}' is specified more than once. To "
                "provide multiple values to parameters that can accept multiple values, use the array "
                'syntax. For example, "-parameter value1,value2,value3".',
                parameter.name,
            )
        if parameter.name in VARIABLES:
            raise PipelineFailed(variables_not_allowed())
        bound.values[parameter.name] = self._converted_value(parameter, value)
        if "" not in parameter.places:
            bound.sets = [name for name in bound.sets if name in parameter.places]
            if not bound.sets:
                raise self._no_set()

    def _place(self, bound: Bound, value: Any) -> None:
        """Give a value without a name to the first free position."""
        default = self._spec.default_set
        order = sorted(bound.sets, key=lambda name: name != default)
        for name in order:
            positions = self._spec.positions[name]
            for number in sorted(positions):
                if positions[number].name not in bound.values:
                    self._take(bound, positions[number], value)
                    return
        raise self._failure(
            "PositionalParameterNotFound",
            f"A positional parameter cannot be found that accepts argument '{text(value)}'.",
            text(value),
            given=type_names(value)[0],
        )

    def _lacking(self, bound: Bound, name: str) -> list[Parameter]:
        return [
            parameter
            for parameter in self._spec.parameters
            if (place := parameter.places.get(name))
            and place.mandatory
            and parameter.name not in bound.values
        ]

    def _exact(self, parameter: Parameter, place: Place, value: Any) -> Any:
        """By value, where the object is of the parameter's type already."""
        if not place.by_value:
            return MISSING
        base = parameter.type_name.removesuffix("[]")
        inner = unwrapped(value)
        if parameter.kinds:
            return [value]
        if base == "System.Object" and parameter.struct is None and parameter.role is Role.SWITCH:
            return value
        if isinstance(inner, str):
            return self._try(parameter, value) if base == "System.String" else MISSING
        if isinstance(inner, int) and not isinstance(inner, bool):
            return self._try(parameter, value) if base in ("System.Int64", "System.Int32") else MISSING
        if base.startswith(f"{NAMESPACE}.") and base in type_names(value):
            return value
        return MISSING

    def _by_name(self, parameter: Parameter, place: Place, value: Any) -> Any:
        """By the value of a property that bears one of the parameter's names."""
        if not place.by_name or is_scalar(value):
            return MISSING
        found = filled(value, parameter.sources)
        if found is not MISSING:
            return MISSING if found is None else self._try(parameter, found)
        for name in parameter.told or (parameter.name, *parameter.aliases):
            found = get(value, name)
            if found is not MISSING and found is not None:
                return self._try(parameter, found)
        return MISSING

    def _converted(self, parameter: Parameter, place: Place, value: Any) -> Any:
        """By value, turned into the parameter's type; only what is a plain value itself."""
        if not place.by_value or not is_scalar(value) or value is None:
            return MISSING
        return self._try(parameter, value)

    def _try(self, parameter: Parameter, value: Any) -> Any:
        try:
            return convert(parameter, value)
        except ConversionError:
            return MISSING

    def _converted_value(self, parameter: Parameter, value: Any) -> Any:
        mandatory = any(place.mandatory for place in parameter.places.values())
        try:
            if parameter.role is Role.DOCUMENT and value is not None:
                return value
            return convert(parameter, value, mandatory)
        except ConversionError as error:
            raise self._conversion(parameter, error) from None

    def _conversion(self, parameter: Parameter, error: ConversionError) -> PipelineFailed:
        message = str(error)
        if parameter in self._spec.shared:
            message, inner = _of_shared(parameter, error)
            return self._failure(
                "CannotConvertArgumentNoMessage",
                f"Cannot bind parameter '{parameter.name}'. {message}",
                parameter.name,
                parameter.type_name,
                error.given or None,
                inner=inner,
            )
        cause: ExceptionData | None = None
        if error.kind == "Validation":
            if not error.suffix:
                cause = failed_validation(message)
                message = f"Cannot validate argument on parameter '{parameter.name}'. {message}"
            kind, error_id = "Validation", f"ParameterArgumentValidationError{error.suffix}"
        else:
            cause = failed_transformation(message, *error.reason)
            message = f"Cannot process argument transformation on parameter '{parameter.name}'. {message}"
            kind, error_id = "ArgumentTransformation", "ParameterArgumentTransformationError"
        return self._failure(
            error_id,
            message,
            parameter.name,
            parameter.type_name,
            error.given or None,
            kind=kind,
            inner=cause,
        )

    def _missing_argument(self, parameter: Parameter) -> PipelineFailed:
        return self._failure(
            "MissingArgument",
            f"Missing an argument for parameter '{parameter.name}'. Specify a parameter of type "
            f"'{parameter.type_name}' and try again.",
            parameter.name,
            parameter.type_name,
        )

    def _no_set(self) -> PipelineFailed:
        return self._failure(
            "AmbiguousParameterSet",
            "Parameter set cannot be resolved using the specified named parameters. One or more parameters "
            "issued cannot be used together or an insufficient number of parameters were provided.",
        )

    def _failure(
        self,
        error_id: str,
        message: str,
        parameter: str | None = None,
        parameter_type: str | None = None,
        given: str | None = None,
        *,
        kind: str = "",
        target: Any = None,
        inner: ExceptionData | None = None,
    ) -> PipelineFailed:
        if isinstance(target, msgspec.Struct):
            target = type_names(target)[0]
        return PipelineFailed(
            binding_error(
                error_id,
                message,
                self._info,
                parameter=parameter,
                parameter_type=parameter_type,
                given_type=given,
                category=ErrorCategory.InvalidArgument,
                kind=kind,
                target=target,
                inner=inner,
            )
        )


def _of_shared(parameter: Parameter, error: ConversionError) -> tuple[str, ExceptionData]:
    """What PowerShell says of a common parameter's value, most often a word that is no preference."""
    message = str(error)
    if not parameter.values or "ValidateSet" not in message:
        return message, failed_cast(message, None)
    word = message.partition('"')[2].partition('"')[0]
    known = ", ".join(ENUMERATIONS.get(parameter.type_name, parameter.values))
    reason = (
        f"Unable to match the identifier name {word} to a valid enumerator name. Specify one of the "
        f"following enumerator names and try again:\n{known}"
    )
    message = f'Cannot convert value "{word}" to type "{parameter.type_name}". Error: "{reason}"'
    return message, failed_enumeration(message, reason)
