"""Given names that are nothing but names: whoever is called so is somebody.

Names that are also words (نور, سلام, كريم, Grace) are left out: as words they are said to anybody.
"""

from __future__ import annotations

from typing import Final

from hudhud.text import words

GIVEN_NAMES: Final = frozenset(
    words(
        "محمد احمد محمود مصطفى ابراهيم يوسف عمر عثمان حسين عباس جعفر مرتضى حيدر كرار زيد "
        "عبدالله عبدالرحمن عبدالعزيز سعود فيصل تركي بندر نايف سلطان خالد وليد طارق زياد "
        "سامر سمير باسم بلال حمزة ياسر ياسين انس اسامة ايهاب تامر رامي هشام وائل شريف عصام "
        "جمال صلاح عادل ماجد نواف مشعل عبدالكريم رشيد ادريس يونس اسماعيل اسحاق يعقوب موسى "
        "هارون سليمان داود زكريا مهند عمار مصعب فاطمة زينب عائشة خديجة مريم سارة رقية سكينة "
        "هاجر اسماء سمية شيماء رانيا ليلى سعاد نجلاء هبة دينا منى رغد روان لمياء نادية "
        "سميرة كوثر حنين غادة ريم رنا لينا لمى ديمة سلمى جميلة بثينة عبير نسرين ياسمين شهد "
        "دعاء اسراء الاء mohammed mohamed muhammad ahmed ahmad mahmoud mustafa ibrahim "
        "youssef yousef omar othman hussein hassan abbas jaafar haider abdullah khalid "
        "khaled tariq ziad samir bilal hamza yasser osama rami hisham fatima zainab aisha "
        "khadija maryam mariam sarah rania layla leila huda hoda dina noura john james "
        "michael david robert william peter thomas susan linda emily jennifer"
    )
)
