"""One property per table of the contract, so that a misspelt table fails type checking."""

from __future__ import annotations

from abc import ABC, abstractmethod

import narwhals.stable.v2 as nw
import polars as pl

TableFrame = nw.LazyFrame[pl.LazyFrame]


class TableAccess(ABC):
    """Access to the tables of the contract as properties; `frame` takes a name known at run time only."""

    @abstractmethod
    def frame(self, table: str) -> TableFrame:
        """The table of this name."""

    @property
    def persons(self) -> TableFrame:
        """Insured persons."""
        return self.frame("persons")

    @property
    def enrolments(self) -> TableFrame:
        """Enrolments of a person in a scheme, by interval."""
        return self.frame("enrolments")

    @property
    def providers(self) -> TableFrame:
        """Designated institutions."""
        return self.frame("providers")

    @property
    def settlements(self) -> TableFrame:
        """Priced insurance transactions; a reversal is a row of its own."""
        return self.frame("settlements")

    @property
    def charge_lines(self) -> TableFrame:
        """Items of settlements."""
        return self.frame("charge_lines")

    @property
    def account_entries(self) -> TableFrame:
        """Entries of personal accounts' ledgers."""
        return self.frame("account_entries")

    @property
    def contributions(self) -> TableFrame:
        """Contributions of a person by accrual month."""
        return self.frame("contributions")

    @property
    def family_authorizations(self) -> TableFrame:
        """Authorizations of relatives to use a personal account."""
        return self.frame("family_authorizations")

    @property
    def drug_trace_scans(self) -> TableFrame:
        """Scans of drug trace codes."""
        return self.frame("drug_trace_scans")

    @property
    def provider_status(self) -> TableFrame:
        """Status of providers under the service agreement, by interval."""
        return self.frame("provider_status")

    @property
    def programme_registrations(self) -> TableFrame:
        """Registrations of persons in disease programmes, by interval."""
        return self.frame("programme_registrations")

    @property
    def item_reference(self) -> TableFrame:
        """Items of the catalogue and their permitted use."""
        return self.frame("item_reference")

    @property
    def registered_contexts(self) -> TableFrame:
        """Registered lawful reasons for doing things together."""
        return self.frame("registered_contexts")

    @property
    def survey_answers(self) -> TableFrame:
        """Answers of surveys on awareness of the policy."""
        return self.frame("survey_answers")

    @property
    def outside_leads(self) -> TableFrame:
        """Hints from outside: complaints, lists, other agencies."""
        return self.frame("outside_leads")

    @property
    def person_aliases(self) -> TableFrame:
        """Ids of persons that were issued again."""
        return self.frame("person_aliases")

    @property
    def provider_aliases(self) -> TableFrame:
        """Ids of providers that were issued again."""
        return self.frame("provider_aliases")
