//! What a word can be to this stage, as far as closed lists tell.

/// What a word is, as far as a closed list can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    /// A form of the verb to be.
    Be,
    /// Another auxiliary.
    Aux,
    /// Not, never, nobody.
    Negation,
    /// Opens a clause of content: that.
    That,
    /// Before an infinitive, or a hearer.
    To,
    /// Begins a noun phrase.
    Determiner,
    /// Joins noun phrases into one: of.
    Genitive,
    /// Another preposition.
    Preposition,
    /// And, but, because.
    Conjunction,
    /// Who, which.
    Relative,
    /// He, she, it, they, I.
    Pronoun,
    /// Also, already.
    Adverb,
    /// Weekdays, months, yesterday.
    Time,
    /// Digits.
    Number,
    /// Punctuation.
    Mark,
    /// Any other word.
    #[default]
    Word,
}

/// What a verb does with a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Takes a clause, or words in quotation marks.
    Say,
    /// Takes a hearer, then a clause.
    Tell,
    /// Takes a thing, a person, or what is to be done.
    Act,
    /// Says that it is not so.
    Deny,
    /// Does not say.
    Withhold,
}

/// What a noun names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// Stands before a name: `Mr`, `General`.
    pub(super) title: bool,
    /// A person by role.
    pub(super) person: bool,
    /// A body of people or a text: ministry, survey.
    pub(super) body: bool,
    /// A body that passes on what others say.
    pub(super) media: bool,
    /// A word in the names of such bodies: `Post`, `Courier`.
    pub(super) outlet: bool,
}

/// Who a pronoun can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// One man.
    He,
    /// One woman.
    She,
    /// A thing or body.
    It,
    /// Several, or a body.
    They,
}

/// Lists of words that do one thing each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// What someone declines to do: comment.
    Withheld,
    /// Names the source before it: `zufolge`.
    After,
    /// Gives its clause as hearsay: reportedly.
    Hearsay,
    /// A noun that holds a content: claim.
    Noun,
    /// Says that an outlet quotes someone: `quoted by`.
    Cited,
    /// A preposition that is also an article, such as Portuguese `a`.
    Article,
    /// His, their.
    Possessive,
    /// Names the person behind it as the one whose view it is: `pour l'économiste X`.
    Opinion,
    /// Himself, before or behind a verb and part of it.
    Reflexive,
    /// A pronoun that leans on the verb and is not its subject.
    Clitic,
    /// A verb's form that marks its clause as reported: the German subjunctive.
    Reported,
    /// With `to be`, says what somebody thinks: convinced.
    State,
    /// Comes before the source of a clause around it: German `so`.
    Incise,
    /// Opens a clause whose verb stands last.
    Subordinate,
    /// Before an infinitive of saying, makes it a statement: `quiso precisar`.
    Wish,
    /// Says what is said by `it`: German `heißt es`.
    Impersonal,
    /// What a company is called behind its name: `the company`.
    Company,
    /// What a body is called that is no company: `the union`.
    Association,
    /// Someone or a text without a name that speaks for a body: `a spokesman of X`.
    Voice,
}

/// How many there are.
pub(super) const N_LISTS: usize = List::Voice as usize + 1;
