"""Cmdlets from operations: which parameter sets a cmdlet has, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from jams.objects.base import pascal_name, snake_name
from jams.operations.catalogue import Catalogue, Offer, Operation
from jams.operations.versioned import CLEARED

from . import parameters as make
from .examples import examples
from .kinds import kind_of, lists, output_types
from .model import Cmdlet, Parameter, ParameterSet, Place, Role, Sources
from .sources import offered, own_name, sources

DEFAULT_SET = "Default"
_PLACES = ("Folder", "Parent")
_SYNONYMS = (_PLACES, ("StartDate", "Start", "After"), ("EndDate", "End", "Until", "Before"))
"""Words for one thing: a parameter that bears the one may be given by the others."""

_HIGH_IMPACT = ("Remove", "Clear", "Reset")


def build_cmdlets(catalogue: Catalogue) -> tuple[Cmdlet, ...]:
    """Every cmdlet of the catalogue, by name."""
    groups: dict[str, list[Operation]] = {}
    for operation in catalogue:
        groups.setdefault(operation.cmdlet, []).append(operation)
    built = {name: _Builder(catalogue, name, group).build() for name, group in sorted(groups.items())}
    return tuple(replace(item, examples=tuple(examples(item, built))) for item in built.values())


@dataclass
class _Builder:
    """Builds one cmdlet of the operations that share its name."""

    catalogue: Catalogue
    name: str
    group: list[Operation]
    sets: list[ParameterSet] = field(default_factory=list)
    found: dict[str, Parameter] = field(default_factory=dict)
    default: str = ""

    def build(self) -> Cmdlet:
        getter, listing = _fused(self.group)
        for operation in self.group:
            if operation is listing and getter is not None:
                continue
            self._operation(operation, listing if operation is getter else None)
        everywhere = [s.name for s in self.sets]
        self._take(replace(make.server_parameter(), places={name: Place() for name in everywhere}))
        self._drop_ambiguous_aliases()
        changes = any(operation.changes for operation in self.group)
        self._name_new_ones()
        for name, parameter in self.found.items():
            self.found[name] = replace(
                parameter, told=_told_by_others(parameter, changes), chooses=self._chooses(parameter)
            )
        self._add_synonyms()
        return Cmdlet(
            name=self.name,
            parameters=tuple(self.found.values()),
            sets=tuple(self.sets),
            default_set=self.default or self._first_set(),
            changes=changes and not any(o.session for o in self.group),
            impact="High" if self.name.partition("-")[0] in _HIGH_IMPACT else "Medium",
            output=tuple(dict.fromkeys(name for o in self.group for name in self._output(o))),
            columns=_columns(self.group),
            summary=_summary(self._main()),
            description=_description(self.group, self._main()),
            session=next((o.session for o in self.group if o.session), None),
        )

    def _main(self) -> Operation:
        """The operation that the cmdlet is described by: the one that lists, else that of the default set."""
        default = next((s.operation for s in self.sets if s.name == self.default), None)
        typed = default or next(s.operation for s in self.sets if s.name == self._first_set())
        return next((operation for operation in self.group if operation.lists), typed)

    def _operation(self, operation: Operation, listing: Operation | None) -> None:
        if operation.body and operation.body.document:
            self._document(operation)
            return
        keys = operation.key or (None,)
        for number, key in enumerate(keys):
            if key is not None and operation.binding.names.get(key, "?") == "":
                continue
            name = operation.binding.set if number == 0 else ""
            if not name and len(keys) > 1:
                name = make.input_parameter(operation, operation.input(str(key))).name
            self._set(operation, name or DEFAULT_SET, key, listing if number == 0 else None)
        for source, (parameter, struct) in operation.binding.objects.items():
            taken = make.object_parameter(operation, source, parameter, struct)
            self._variant(operation, taken, without=source)
        if operation.binding.reads:
            self._variant(operation, make.read_file_parameter(operation), without=operation.binding.reads)
        if operation.binding.lookup and operation.key:
            key_parameter = make.input_parameter(operation, operation.input(operation.key[0]))
            self._variant(operation, make.lookup_parameter(key_parameter), without=operation.key[0])

    def _set(self, operation: Operation, name: str, key: str | None, listing: Operation | None) -> None:
        self.sets.append(ParameterSet(name, operation, lists=listing, key=key))
        if listing is not None or (operation.lists and not operation.key and not self.default):
            self.default = name
        positional = (
            operation.positional if operation.binding.positional is None else operation.binding.positional
        )
        positional = tuple(item for item in positional if item not in operation.key or item == key)
        if operation.binding.pattern and not self._has_input(operation, operation.binding.pattern):
            self._take(make.placed(make.pattern_parameter(), name))
        about = key or next(iter(positional), None)
        for item in make.shown_inputs(operation):
            if item.name in operation.key and item.name != key:
                continue
            parameter = replace(
                make.input_parameter(operation, item, key=item.name == key),
                sources=self._sources(operation, item.name, about=item.name == about),
            )
            place = Place(
                position=positional.index(item.name) if item.name in positional else None,
                mandatory=(item.required or item.name == key)
                and not (listing and item.name == key)
                and not (item.name == key and operation.binding.own_entry),
                by_value=item.name in (key, operation.binding.gathers)
                or (not operation.key and item.name in positional[:1] and item.name in operation.pipeline),
                by_name=item.name in operation.pipeline,
            )
            if listing is not None and item.name == key:
                parameter = replace(parameter, wildcards=True)
            self._take(replace(parameter, places={name: place}))
        self._extras(operation, name)
        if listing is not None:
            self._listed(listing, name)

    def _listed(self, listing: Operation, name: str) -> None:
        """The parameters of the operation that lists, in the set of the one that gives one object."""
        for item in make.shown_inputs(listing):
            if item.name != listing.binding.pattern:
                listed = replace(
                    make.input_parameter(listing, item),
                    role=Role.LISTED,
                    sources=self._sources(listing, item.name),
                )
                self._take(make.placed(listed, name, Place(by_name=item.name in listing.pipeline)))

    def _extras(self, operation: Operation, name: str) -> None:
        if operation.binding.folder:
            offer = _folders(self.catalogue)
            folder = replace(make.folder_parameter(offer), sources=offered(self.catalogue, offer))
            self._take(make.placed(folder, name, Place(by_name=True)))
        for parameter in make.switches(operation):
            self._take(make.placed(parameter, name, Place()))
        if operation.binding.saves:
            self._take(make.placed(make.save_file_parameter(), name, Place()))

    def _variant(self, operation: Operation, parameter: Parameter, without: str) -> None:
        """A set like the operation's first one, in which ``parameter`` stands in place of an input."""
        first = next(s for s in self.sets if s.operation is operation)
        plain = parameter.role in (Role.OBJECT, Role.FILE)
        name = parameter.name if plain else f"By{parameter.name}"
        self.sets.append(replace(first, name=name, key=None if parameter.role is Role.FILE else without))
        for other in list(self.found.values()):
            if first.name in other.places and other.target != without:
                place = replace(other.places[first.name], by_value=False)
                self._take(replace(other, places={name: place}))
        self._take(make.placed(parameter, name))

    def _document(self, operation: Operation) -> None:
        struct = operation.document
        assert struct is not None
        if operation.binding.whole:
            name = operation.binding.set or "InputObject"
            self.sets.append(ParameterSet(name, operation))
            self._take(make.placed(make.document_parameter(operation, struct, struct.__name__), name))
            for item in make.shown_inputs(operation):
                self._take(replace(make.input_parameter(operation, item), places={name: Place()}))
            self._extras(operation, name)
            return
        keys = [
            replace(
                make.input_parameter(operation, operation.input(name)),
                sources=self._sources(operation, name, about=True, itself=True),
            )
            for name in operation.key
        ]
        for number, key in enumerate(keys):
            self.sets.append(ParameterSet(key.name, operation, key=key.target))
            place = Place(None if number else 0, mandatory=True, by_name=key.piped is not None)
            self._take(make.placed(key, key.name, place))
        if not keys:
            self.sets.append(ParameterSet(DEFAULT_SET, operation))
        self.sets.append(ParameterSet("InputObject", operation))
        names = [s.name for s in self.sets]
        taken = {word.lower() for key in keys for word in (key.name, *key.aliases)}
        for parameter in make.member_parameters(operation, struct, taken):
            required = parameter.places[""].mandatory and not keys
            position = 0 if not keys and (parameter.target,) == operation.binding.path[-1:] else None
            places = {name: Place() for name in names} | {names[0]: Place(position, mandatory=required)}
            self._take(replace(parameter, places=places))
        if operation.patches:
            places = {key.name: Place() for key in keys}
            self._take(replace(make.clear_parameter(operation, struct), places=places))
        for item in make.shown_inputs(operation):
            if item.name not in (*operation.key, CLEARED):
                parameter = make.input_parameter(operation, item)
                self._take(replace(parameter, places={name: Place() for name in names}))
        self._take(make.placed(make.document_parameter(operation, struct, "InputObject"), "InputObject"))
        for each in names:
            self._extras(operation, each)

    def _take(self, parameter: Parameter) -> None:
        """Take a parameter in, or add its places to the one of that name that is there."""
        before = self.found.get(parameter.name.lower())
        if before is None:
            self.found[parameter.name.lower()] = parameter
            return
        aliases = tuple(dict.fromkeys((*before.aliases, *parameter.aliases)))
        self.found[parameter.name.lower()] = replace(
            before, places={**before.places, **parameter.places}, aliases=aliases
        )

    def _first_set(self) -> str:
        """The first set that can be typed: one that wants no object."""
        objects = {s for p in self.found.values() if p.role in (Role.DOCUMENT, Role.OBJECT) for s in p.places}
        return next((s.name for s in self.sets if s.name not in objects), self.sets[0].name)

    def _drop_ambiguous_aliases(self) -> None:
        """Keep an alias only where no other parameter bears it."""
        taken = set(self.found)
        for name, parameter in self.found.items():
            aliases = tuple(a for a in parameter.aliases if a.lower() not in taken)
            taken |= {alias.lower() for alias in aliases}
            self.found[name] = replace(parameter, aliases=aliases)
        for name, parameter in self.found.items():
            self.found[name] = self._found_by_name(parameter, taken)

    def _name_new_ones(self) -> None:
        """Give the own names of what is made or renamed a sample that nothing bears yet."""
        for operation in self.group:
            struct = operation.document
            if struct is None or not operation.binding.path:
                continue
            offers = [
                offer
                for other in self.catalogue
                for offer in other.offers.values()
                if self._lists(offer, struct)
            ]
            offer = next((each for each in offers if each.fresh or each.sample), None)
            if offer is None:
                continue
            for name, parameter in self.found.items():
                own = parameter.role is Role.MEMBER and parameter.target == operation.binding.path[-1]
                if own and "\\" not in (offer.sample or ""):
                    self.found[name] = replace(parameter, sample=offer.fresh or offer.sample)

    def _lists(self, offer: Offer, struct: type) -> bool:
        lister = self.catalogue.get(offer.operation)
        return lister is not None and lists(kind_of(lister.result).struct, struct)

    def _add_synonyms(self) -> None:
        """Let what is called one thing here be called by the words that it bears elsewhere, too.

        Piped objects are not asked for these: a process has a ``Parent`` as well.
        """
        taken = {word.lower() for p in self.found.values() for word in (p.name, *p.aliases)}
        for name, parameter in self.found.items():
            group = next((words for words in _SYNONYMS if self._is_called(parameter, words)), ())
            more = tuple(word for word in group if word.lower() not in taken)
            taken |= {word.lower() for word in more}
            self.found[name] = replace(parameter, aliases=(*parameter.aliases, *more))

    def _is_called(self, parameter: Parameter, words: tuple[str, ...]) -> bool:
        """Whether a parameter bears one of the words and means what they mean: where it lies, or when."""
        if parameter.name not in words:
            return False
        if words is not _PLACES:
            return parameter.day or parameter.type_name == "System.DateTime"
        return parameter.offer is not None and not any(o.binding.content for o in self.group)

    def _found_by_name(self, parameter: Parameter, taken: set[str]) -> Parameter:
        """The parameter with a further alias, where what may be piped has no property of its names."""
        names = {word.lower() for word in (parameter.name, *parameter.aliases)}
        told = {properties[0].lower() for properties in parameter.sources.values()}
        piped = any(place.by_name for place in parameter.places.values())
        alias = own_name(self.catalogue, parameter.sources)
        if not piped or told & names or alias is None or alias.lower() in taken:
            return parameter
        taken.add(alias.lower())
        return replace(parameter, aliases=(*parameter.aliases, alias))

    def _sources(
        self, operation: Operation, name: str, *, about: bool = False, itself: bool = False
    ) -> Sources:
        itself = itself or self.name.partition("-")[0] in _HIGH_IMPACT
        return sources(self.catalogue, operation, name, about=about, itself=itself)

    def _chooses(self, parameter: Parameter) -> bool:
        """Whether a parameter chooses among objects: it names them, or says which of a list are shown."""
        if parameter.role in (Role.PATTERN, Role.FOLDER, Role.LOOKUP, Role.LISTED):
            return True
        if parameter.role is not Role.INPUT or parameter.switch:
            return False
        sets = [s for s in self.sets if s.name in parameter.places]
        return any(s.key == parameter.target or not s.operation.changes for s in sets)

    def _has_input(self, operation: Operation, name: str) -> bool:
        return any(item.name == name for item in operation.inputs)

    def _output(self, operation: Operation) -> Iterator[str]:
        shows = self.catalogue.get(operation.binding.shows or "")
        if operation.session:
            return
        if operation.text or operation.binding.value:
            yield "System.String"
            if operation.text or not operation.binding.value_switch:
                return
        if operation.name and self.name.startswith("Test-"):
            yield "System.Boolean"
        elif operation.changes and kind_of(operation.result).type_name == "System.String":
            if shows is not None:
                yield from output_types(shows.result)
        else:
            yield from output_types(operation.result)


def _told_by_others(parameter: Parameter, changes: bool) -> tuple[str, ...]:
    """The properties by which objects that are not the catalogue's own name the value of a parameter.

    Anything may have an ``Id``, a process as well as a job. A ``Name`` will do to look something up, and not
    to change it.
    """
    if not any(place.by_name for place in parameter.places.values()):
        return ()
    too_common = {"id", "name"} if changes else {"id"}
    words = dict.fromkeys(word for word in (parameter.piped, parameter.name, *parameter.aliases) if word)
    return tuple(word for word in words if word.lower() not in too_common)


def _fused(group: list[Operation]) -> tuple[Operation | None, Operation | None]:
    """The operation that gives one object by its name and the one that lists them, if both are there."""
    for listing in group:
        if not (listing.lists and listing.binding.pattern):
            continue
        item = kind_of(listing.result).struct
        for getter in group:
            if (
                getter.key
                and lists(item, getter.result)
                and kind_of(getter.input(getter.key[0]).type).type_name == ("System.String")
            ):
                return getter, listing
    return None, None


def _folders(catalogue: Catalogue) -> Offer | None:
    """An offer that looks up one level at a time, which is how folders are offered."""
    levels = (o for operation in catalogue for o in operation.offers.values() if o.within)
    return next(levels, None)


def _columns(group: Iterable[Operation]) -> tuple[str, ...]:
    columns = next((o.columns for o in group if o.columns), ())
    return tuple(pascal_name(name) for name in columns)


def _summary(operation: Operation) -> str:
    """What an operation does, in a line. A cmdlet changes single members, and replaces no document."""
    if not _changes_members(operation) or operation.document is None:
        return operation.summary
    noun = snake_name(operation.document.__name__).replace("_", " ")
    article = "an" if noun[0] in "aeiou" else "a"
    return f"Change {article} {noun}'s definition; what is not given stays as it is."


def _description(group: list[Operation], main: Operation) -> str:
    ordered = [main, *(operation for operation in group if operation is not main)]
    texts = [f"{_summary(o)} {_told(o)}".strip() if len(group) > 1 else _told(o) for o in ordered]
    return "\n\n".join(text for text in texts if text) or _summary(main)


def _told(operation: Operation) -> str:
    """What the declaration says beyond its summary, where that holds for the cmdlet too.

    A cmdlet asks again by itself for what comes in pieces or takes time, and changes single members of a
    document.
    """
    if operation.pieces or operation.ending or _changes_members(operation):
        return ""
    return operation.description.removeprefix(operation.summary).strip()


def _changes_members(operation: Operation) -> bool:
    """Whether the cmdlet takes single members of a document that is there already."""
    takes = operation.body is not None and operation.body.document and not operation.binding.whole
    return takes and operation.changes and not operation.created
