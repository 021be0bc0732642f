from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.matching import (
    NameChange,
    RestoredAuthors,
    capitalised,
    fold,
    plain_text,
    restored,
    restored_authors,
)
from tests.matching.test_markup import snippets


@pytest.mark.parametrize(
    ("entry", "record"),
    [
        (
            "Glm-4.1v-thinking: Towards Versatile Multimodal Reasoning With Scalable Reinforcement Learning",
            "GLM-4.1V-Thinking: Towards Versatile Multimodal Reasoning with Scalable Reinforcement Learning",
        ),
        ("Gpt-4o System Card", "GPT-4o System Card"),
        ("Videobert: A Joint Model For Video", "VideoBERT: A Joint Model for Video"),
        ("Code of Guzman", "Code of Guzmán"),
        ("a study of straße", "A Study of Straße"),
        ("a study of strasse", "A Study of Straße"),
        (r"{GPT}-4o System Card", "GPT-4o System Card"),
        ("GPT-4o &amp; System\u200b Card", "GPT-4o & System Card"),
        ("Sberquad -- Russian Dataset", "SberQuAD - Russian Dataset"),
        ("bert: Don’t panic", "BERT: Don't panic"),
        ("Early Guarantees In RL", "Early Guarantees in RL"),
        ("Crop yields and malaria in africa", "Crop yields and malaria in Africa"),
        ("A b.g.k. model of some domains", "A B.G.K. model of some domains"),
        ("On-line Learning Of Games", "On-Line Learning of Games"),
        ("Voicebert Judges Using RL", "VoiceBERT judges using RL"),
    ],
)
def test_lost_case_accents_and_debris_are_restored(entry: str, record: str) -> None:
    assert restored(entry, record) == record
    assert restored(record, entry) is None


@pytest.mark.parametrize(
    ("entry", "record"),
    [
        # Title Case over a sentence-case record
        ("Adaptive Attention Span In Transformers", "Adaptive attention span in transformers"),
        ("TreeBERT: A Tree-Based Model for Language", "TreeBERT: A tree-based model for language"),
        ("BERT: Pre-Training of Deep Transformers", "BERT: Pre-training of deep transformers"),
        ("GPT-4 System Card", "GPT-4 system card"),
        ("A Bayesian Account Of GPT Pronouns", "A Bayesian account of GPT pronouns"),
        ("Grayscale Image Authentication Using GPUs", "Grayscale Image Authentication using GPUs"),
        ("How Do Transformers Think? The HVAC Case", "How do Transformers Think? the HVAC Case"),
        ("Early Guarantees in RL", "Early Guarantees In RL"),
        # sentence case, or half of it, over a record in Title Case
        ("Rough sets computations to impute missing data", "Rough Sets Computations to Impute Missing Data"),
        ("Tree-based models of text", "Tree-Based Models of Text"),
        ("Tree-based Models of Text", "Tree-Based Models of Text"),
        ("Deep learning for Image Segmentation", "Deep Learning for Image Segmentation"),
        ("the Guarantees", "The Guarantees"),
        ("k-means clustering revisited", "K-Means Clustering Revisited"),
        ("3-layer networks learn", "3-Layer Networks Learn"),
        ("Deep learning for image Segmentation", "Deep Learning for image Segmentation"),
        ("What matters OF all", "What Matters OF All"),
        # Title Case but for a dash of its own
        ("A Model--free View Of Games", "A Model-free View of Games"),
        # the first word of a subtitle
        ("Yields: a study of the effects", "Yields: A study of the effects"),
        ("Yields - a study of the effects", "Yields - A study of the effects"),
        # capitals inside a word, and exponents: nobody makes them by accident
        ("LLaMA: open models", "LLAMA: Open Models"),
        ("mT5: a Text Model", "MT5: a Text Model"),
        ("10⁶ cores and llms", "106 Cores and LLMs"),
        ("H₂O: a study", "H2O: A Study"),
        # Title Case, and an accent lost elsewhere than by that function
        ("Code Of Guzman", "Code of Guzmán"),
        # an accent that the record lacks, or another one
        ("Pokéllmon: Agents For Pokémon", "PokeLLMon: Agents for Pokemon"),
        ("Guzmán", "Guzman"),
        ("Perez é", "PEREZ È x"),
        ("Résumé of Work", "Rèsumé of Work"),
        # another text
        ("Audio-visual Dialog", "Audio Visual Dialog"),
        ("Gpt-4o System Cards", "GPT-4o System Card"),
        # all capitals
        ("Bert And Friends", "BERT AND FRIENDS"),
        ("Prop", "PROP"),
        # the catalogue's typography
        ("A Model – the “Best”", 'A Model - the "Best"'),
        ("Don't Panic", "Don’t Panic"),
        ("Attention Is All You Need.", "Attention Is All You Need"),
        ("Attention Is All You Need", "Attention Is All You Need."),
        ("e\u0301tude", "étude"),
        # markup that can't be read on either side
        (r"waves on $\RR^3$ For All", r"Waves on $\RR^3$ for All"),
        (r"{gpt-4o System Card", "GPT-4o System Card"),
        # a catalogue that shows formulas keeps its exponent
        (r"It\(^3\): Idempotent Training", "IT$^3$: Idempotent Training"),
        (r"IT\(^3\): Idempotent Training", "IT$^3$: Idempotent Training"),
        # escapes that decode only in the fold
        (r"\&amp; x", "& X"),
    ],
)
def test_what_is_the_catalogues_own_stays(entry: str, record: str) -> None:
    assert restored(entry, record) is None


@pytest.mark.parametrize(
    ("entry", "record", "after"),
    [
        ("Rough sets for bert", "Rough Sets for BERT", "Rough sets for BERT"),
        ("Training qwen2 on latex", "Training Qwen2 on LaTeX", "Training Qwen2 on LaTeX"),
        ("arxiv and its readers", "arXiv and Its Readers", "arXiv and its readers"),
        ("Bert: Pre-training of Models", "BERT: Pre-Training of Models", "BERT: Pre-training of Models"),
        ("{GPT}-4o system card", "GPT-4o System Card", "GPT-4o system card"),
        ("A naive approach to strasse", "A Naïve Approach to Straße", "A naïve approach to straße"),
        (
            "Yields: a study of the effects in africa",
            "Yields: A study of the effects in Africa",
            "Yields: a study of the effects in Africa",
        ),
    ],
)
def test_of_a_title_in_sentence_case_only_the_words_that_lost_something_are_restored(
    entry: str, record: str, after: str
) -> None:
    assert restored(entry, record) == after


def test_a_small_word_is_lowered_only_where_the_function_is_proven() -> None:
    assert restored("Learning To Execute", "Learning to Execute") == "Learning to Execute"
    assert restored("Learning To Execute Code-Mixes", "Learning to execute Code-mixes") is None
    assert restored("Learning To Execute", "Learning to execute") is None


def test_latex_of_the_record_is_written_as_text() -> None:
    assert (
        restored(r"Pangu-\(α\): Models With Power", "PanGu-$α$: Models with Power")
        == "PanGu-α: Models with Power"
    )
    assert restored("Fasta^*: A Toolpath", "FaSTA$^*$: A Toolpath") == "FaSTA^*: A Toolpath"
    assert restored(r"Holder's Inequality", r"H\"older's Inequality") == "Hölder's Inequality"


def test_the_mangling_function_is_the_catalogues() -> None:
    assert capitalised("GLM-4.1V-Air on  the NLP: é LLMs") == "Glm-4.1v-air On The NLP: É Llms"


parts = ["GPT-4o", "the", "The", "Guzmán", "Guzman", "NLP", "of", "–", "-", "“x”", "{BERT}", "ß", "SS", "ss"]
titles = snippets | st.text(max_size=20) | st.lists(st.sampled_from(parts), max_size=6).map(" ".join)


@given(titles)
def test_nothing_is_restored_to_itself(title: str) -> None:
    assert restored(title, title) is None


@given(titles, titles)
def test_a_restored_title_folds_as_the_entry_and_stays(entry: str, record: str) -> None:
    after = restored(entry, record)

    if after is not None:
        assert fold(after) == fold(entry)
        assert after.lower() == (plain_text(record) or "").lower()
        assert restored(after, record) is None


words = st.sampled_from(
    ["Rough", "Sets", "Missing", "Data", "Learning", "Tree-Based", "Self-Play", "of", "the"]
)


@given(st.lists(words, min_size=1, max_size=8).map(" ".join))
def test_sentence_case_is_never_raised_to_title_case(record: str) -> None:
    record = record[0].upper() + record[1:]

    assert restored(record.capitalize(), record) is None


@given(titles)
def test_a_mangled_title_comes_back_or_stays(title: str) -> None:
    after = restored(capitalised(title), title)

    assert after is None or after == plain_text(title)


def changes(names: list[str], authors: list[str]) -> list[tuple[int, tuple[str, ...], str | None]]:
    found = restored_authors(names, authors)
    assert found is not None
    return [(change.position, change.before, change.after) for change in found.changes]


@pytest.mark.parametrize(
    ("entry", "record"),
    [
        ("Julian Mcauley", "Julian McAuley"),
        ("Ian O'connell", "Ian O'Connell"),
        ("Alex Baker-whitcomb", "Alex Baker-Whitcomb"),
        ("Li Fei-fei", "Li Fei-Fei"),
        ("Guzman", "Guzmán"),
        ("da Chen", "Da Chen"),
        ("di He", "Di He"),
        ("Aj Ostrow", "AJ Ostrow"),
        ("Openai", "OpenAI"),
        ("Nvidia", "NVIDIA"),
        ("Inclusion Ai", "Inclusion AI"),
        ("Suhas Bn", "Suhas BN"),
        ("Hal Daume Iii", "Hal Daume III"),
        ("Anton van Den Hengel", "Anton van den Hengel"),
        ("Cyprien de Masson D'autume", "Cyprien de Masson d'Autume"),
        ("Joan Of Arc Xavier", "Joan of Arc Xavier"),
        (r"Mu{\~n}oz", "Muñoz"),
    ],
)
def test_a_mangled_name_is_restored(entry: str, record: str) -> None:
    assert changes(["A B", entry], ["A B", record]) == [(1, (entry,), record)]


@pytest.mark.parametrize(
    ("entry", "record"),
    [
        ("Seung-won Hwang", "Seung-won Hwang"),
        ("Seung-Won Hwang", "Seung-won Hwang"),
        ("Guzmán", "Guzman"),
        ("Julian McAuley", "Julian Mcauley"),
        ("Z.F. Wu", "Z. F. Wu"),
        ("Z. F. Wu", "Z.F. Wu"),
        ("Zhihong Deng", "Zhi-Hong Deng"),
        ("Zhanchao Xu", "Zhanchao XU"),
        ("John Smith", "JOHN SMITH"),
        ("Loubna Ben Allal", "Loubna Ben allal"),
        ("Linzheng Chai", "Linzheng ChaI"),
        ("john smith", "john smith"),
        ("unknown macro", r"\unknown macro"),
    ],
)
def test_a_name_is_left_that_lost_nothing(entry: str, record: str) -> None:
    found = restored_authors([entry], [record])

    assert found == RestoredAuthors((entry,), ())


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        (["Bob Mcgrew"], ["Bob McGrew", "Aaron Hurst"]),
        (["Bob Mcgrew", "Aaron Hurst"], ["Bob McGrew"]),
        (["Aaron Hurst", "Bob Mcgrew"], ["Bob McGrew", "Aaron Hurst"]),
        (["Bob Mcgrew", "Aron Hurst"], ["Bob McGrew", "Aaron Hurst"]),
        (["Bob Mcgrew et al."], ["Bob McGrew", "Aaron Hurst"]),
        (["Bob Mcgrew", "?"], ["Bob McGrew", "Aaron Hurst"]),
    ],
)
def test_nothing_is_restored_where_the_whole_list_does_not_pair_up(
    names: list[str], authors: list[str]
) -> None:
    assert restored_authors(names, authors) is None


def test_only_differing_names_are_named() -> None:
    names = ["Openai", "Aaron Hurst", "Alex Baker-whitcomb", "Aleksander Mądry"]
    authors = ["OpenAI", "Aaron Hurst", "Alex Baker-Whitcomb", "Aleksander Mądry"]

    found = restored_authors(names, authors)

    assert found == RestoredAuthors(
        tuple(authors),
        (
            NameChange(0, ("Openai",), "OpenAI"),
            NameChange(2, ("Alex Baker-whitcomb",), "Alex Baker-Whitcomb"),
        ),
    )


def test_a_name_that_was_split_at_a_comma_is_joined_where_the_record_proves_it() -> None:
    names = ["A B", "Shuaiqi", "Xia", "Bob Mcgrew"]

    found = restored_authors(names, ["A B", "Shuaiqi Xia", "Bob McGrew"])

    assert found == RestoredAuthors(
        ("A B", "Shuaiqi Xia", "Bob McGrew"),
        (NameChange(1, ("Shuaiqi", "Xia"), "Shuaiqi Xia"), NameChange(3, ("Bob Mcgrew",), "Bob McGrew")),
    )


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        (["Shuaiqi", "Xia"], ["Shuaiqi", "Xia"]),
        (["Shuaiqi, Xia"], ["Shuaiqi", "Xia"]),
        (["Shuaiqi Xia"], ["Shuaiqi", "Xia"]),
        (["Shuaiqi, Xia"], ["Shuaiqi, Xia"]),
    ],
)
def test_a_name_that_the_record_splits_stays(names: list[str], authors: list[str]) -> None:
    assert changes(names, authors) == []


def test_names_are_not_joined_to_one_with_a_comma() -> None:
    assert restored_authors(["Shuaiqi", "Xia"], ["Shuaiqi, Xia"]) is None


def test_the_colon_of_a_collaboration_is_removed() -> None:
    assert changes(["Nvidia", ":", "A B"], ["NVIDIA", "A B"]) == [
        (0, ("Nvidia",), "NVIDIA"),
        (1, (":",), None),
    ]


def test_a_collaboration_that_the_entry_leaves_out_is_not_added() -> None:
    names, authors = ["Aaron Hurst", "Bob Mcgrew"], ["Codefuse", "Ling Team", "Aaron Hurst", "Bob McGrew"]

    found = restored_authors(names, authors, collaboration="Codefuse, Ling Team")

    assert found == RestoredAuthors(
        ("Aaron Hurst", "Bob McGrew"), (NameChange(1, ("Bob Mcgrew",), "Bob McGrew"),)
    )
    assert restored_authors(names, authors) is None
    assert restored_authors(["X Y"], authors, collaboration="Codefuse, Ling Team") is None


people = st.lists(
    st.sampled_from(["Bob McGrew", "OpenAI", "Di He", "Zhanchao XU", "Guzmán", "Shuaiqi Xia", "A. B."]),
    max_size=5,
)


@given(people)
def test_a_list_is_never_restored_to_itself(names: list[str]) -> None:
    assert restored_authors(names, names) == RestoredAuthors(tuple(names), ())


@given(people)
def test_restored_authors_stay(names: list[str]) -> None:
    mangled = [" ".join(word.capitalize() for word in name.split()) for name in names]

    found = restored_authors(mangled, names)

    assert found is not None
    assert restored_authors(found.names, names) == RestoredAuthors(found.names, ())
    assert len(found.names) == len(names)
